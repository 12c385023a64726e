"""Finds the program and runs it."""

import json
import os
import shutil
import subprocess
import sys
import threading

PROGRAM_VARIABLE = "HUSAI"


class HusaiError(RuntimeError):
    """The program ended with an error. ``exit_code`` is its exit code: 2 for bad input, 1 for a run that failed, 3 for a check that does not hold."""

    def __init__(self, message, exit_code):
        super().__init__(message)
        self.exit_code = exit_code


def find_program():
    """Returns the command that starts the program, as a list.

    The environment variable HUSAI names the program if it is set (a file, or a .dll that ``dotnet`` runs); else ``husai`` on the PATH is taken.
    """
    named = os.environ.get(PROGRAM_VARIABLE)
    if named:
        if not os.path.isfile(named):
            raise FileNotFoundError(f"{PROGRAM_VARIABLE} is {named!r}, but there is no such file")
        return ["dotnet", named] if named.endswith(".dll") else [named]
    found = shutil.which("husai")
    if found is None:
        raise FileNotFoundError(
            "the program husai is not on the PATH: install it with 'dotnet tool install --global Husai.Tool', or set the environment "
            f"variable {PROGRAM_VARIABLE} to the file of the program"
        )
    return [found]


def run(*arguments, threads=None, progress=None):
    """Runs a command and returns the JSON document that it prints.

    arguments -- the words of the command line, such as ``run("sae", "info", "runs/sae")``; None is left out, and numbers are written as text.
    threads -- number of threads; never changes a result.
    progress -- True writes progress to standard error, False keeps it, a function is called with each line; True in a terminal or a
        notebook if not given.
    """
    command = find_program() + [_text(argument) for argument in arguments if argument is not None] + ["--json"]
    if threads is not None:
        command += ["--threads", str(int(threads))]
    lines = []
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", errors="replace"
    )
    reader = threading.Thread(target=_read_errors, args=(process.stderr, lines, _listener(progress)), daemon=True)
    reader.start()
    try:
        output = process.stdout.read()
        process.wait()
    except BaseException:
        # Ctrl-C in a notebook: the program saves its state and ends.
        process.terminate()
        process.wait()
        raise
    finally:
        reader.join()
        process.stdout.close()
        process.stderr.close()
    if process.returncode not in (0, 3):
        raise HusaiError(_reason(lines, process.returncode), process.returncode)
    try:
        return json.loads(output)
    except ValueError as error:
        raise HusaiError(f"the program printed no JSON document: {output[:200]!r}", process.returncode) from error


def _text(argument):
    return os.fspath(argument) if isinstance(argument, (str, os.PathLike)) else str(argument)


def _listener(progress):
    if callable(progress):
        return progress
    if progress is None:
        progress = sys.stderr.isatty() or "ipykernel" in sys.modules
    return (lambda line: print(line, file=sys.stderr, flush=True)) if progress else (lambda line: None)


def _read_errors(stream, lines, listen):
    for line in stream:
        line = line.rstrip("\n")
        lines.append(line)
        listen(line)


def _reason(lines, exit_code):
    said = [line[len("husai: "):] for line in lines if line.startswith("husai: ")]
    return "\n".join(said or lines[-5:]) or f"the program ended with exit code {exit_code}"
