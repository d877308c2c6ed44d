"""Makes .venv at the root of the repository from requirements.txt; the argument is the root.

requirements.txt itself is the lock, so that of two test runs that start at once one makes and the other waits; the
operating system lets go of the lock if the maker dies. A copy of requirements.txt in .venv says that it is whole.
"""

import fcntl
import pathlib
import subprocess
import sys
import venv

requirements = pathlib.Path(__file__).with_name("requirements.txt")
home = pathlib.Path(sys.argv[1], ".venv")
stamp = home / "requirements.txt"

with requirements.open() as lock:
    fcntl.flock(lock, fcntl.LOCK_EX)
    wanted = requirements.read_text()
    if not stamp.exists() or stamp.read_text() != wanted:
        venv.create(home, clear=True, with_pip=True)
        # Compiling all of it takes as long as the rest; Python compiles what is imported, once.
        pip = [home / "bin" / "python", "-m", "pip", "install", "--quiet", "--no-compile", "--disable-pip-version-check"]
        subprocess.run([*pip, "--requirement", requirements], check=True, stdout=sys.stderr)
        stamp.write_text(wanted)
