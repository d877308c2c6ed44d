"""Serves moto on a free port of 127.0.0.1, and prints the port once it listens.

moto_server answers in threads, which trip over what the others change, writes a line for each call, and lists the
folder of its own services for each. Here one call is answered at a time, in half the CPU time.
"""

import functools

import moto.backends
from werkzeug.serving import WSGIRequestHandler, make_server

moto.backends.list_of_moto_modules = functools.cache(lambda listed=moto.backends.list_of_moto_modules: tuple(listed()))

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app  # noqa: E402


class Quiet(WSGIRequestHandler):
    def log_request(self, *_):
        pass


server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), request_handler=Quiet)
print(server.server_port, flush=True)
server.serve_forever()
