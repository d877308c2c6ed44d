"""Serves moto on a free port of 127.0.0.1, and prints the port once it listens.

moto_server answers in threads, which trip over what the others change, writes a line for each call, and lists the
folder of its own services for each. Here one call is answered at a time, in half the CPU time. moto also looks for the
tags of one EC2 resource among those of all, deleted ones included, which a loop of a thousand runs is lost in.
"""

import functools
import uuid

import moto.backends
from moto.moto_api._internal import mock_random
from werkzeug.serving import WSGIRequestHandler, make_server

moto.backends.list_of_moto_modules = functools.cache(lambda listed=moto.backends.list_of_moto_modules: tuple(listed()))

# The names of the secrets that RDS manages are the one thing that moto does not take from the seed that tests give it.
uuid.uuid4 = mock_random.uuid4

from moto.ec2.models.core import TaggedEC2Resource  # noqa: E402
from moto.ec2.utils import EC2_PREFIX_TO_RESOURCE, get_prefix  # noqa: E402
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app  # noqa: E402


def tags_of(resource):
    if not resource.id:
        return []
    kind = EC2_PREFIX_TO_RESOURCE.get(get_prefix(resource.id), "")
    tags = resource.ec2_backend.tags.get(resource.id, {})
    return [{"resource_id": resource.id, "key": key, "value": value, "resource_type": kind} for key, value in tags.items()]


TaggedEC2Resource.get_tags = tags_of


class Quiet(WSGIRequestHandler):
    def log_request(self, *_):
        pass


server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), request_handler=Quiet)
print(server.server_port, flush=True)
server.serve_forever()
