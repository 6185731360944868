"""The warm engine gives what papermill gives with its kernel, byte by byte."""

import nbformat
import pytest

from ecoreport.run import JobResult, NotebookJob, run_notebooks

EVERYTHING = [
    "import sys\nprint(district, year, share, repr(as_of))\nprint('警告', file=sys.stderr)\n1 + 1",
    "from IPython.display import HTML, display\n"
    "print('前')\ndisplay(HTML('<b>甲</b>'), metadata={'ecoreport': {'kind': 'block'}})\n"
    "print('后')\ndisplay({'text/plain': 'x', 'application/json': {'a': (1, 2.5)}}, raw=True)",
    "import pandas as pd\npd.DataFrame({'站点': ['甲', '乙'], 'pm25': [35.0, None]})",
    "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2])\nplt.title('PM2.5');",
    "figure, axes = plt.subplots(figsize=(2, 1))\nfigure",
    "import warnings\nwarnings.warn('数据不足')\nprint('a', end='', flush=True)\nprint('b')",
    "import asyncio\nawait asyncio.sleep(0)\n'awaited'",
    "asyncio.get_running_loop().is_running()",
    "%precision 2\n3.14159",
    "%%capture taken\nprint('kept')",
    "print(taken.stdout)\n_",
    "!echo 浦 && echo 江 >&2",
    "from IPython.display import clear_output\n"
    "print('gone')\nclear_output(wait=True)\nprint('stays')",
    "handle = display('one', display_id='fixed')",
    "handle.update('two')",
    "print('not shown');  # a comment",
    "",
    "b'bytes', {'set'}, float('nan')",
    "%nomagic",
    "get_ipython().__class__.__mro__[1].__name__, __name__, 'a' in In[0], len(Out)",
]
RAISING = [
    "table = {}\ntable['pm25']",
    "def inner():\n    return 1 / 0\n\ninner()",
    "x =",
    "type('Odd', (), {'_repr_html_': lambda self: 1 / 0, '__repr__': lambda self: 'odd'})()",
    "await missing",
]


def both(make_job, *sources: str, **parameters: object) -> list[JobResult]:
    warm = make_job("warm", *sources, **parameters)
    ordinary = NotebookJob(warm.notebook, warm.output.with_name("ordinary.ipynb"), parameters)
    return [
        *run_notebooks([warm], engine="warm"),
        *run_notebooks([ordinary], engine="ordinary"),
    ]


def cells(result: JobResult) -> list[dict]:
    return nbformat.read(result.job.output, as_version=4).cells


def test_outputs_equal_those_of_the_ordinary_kernel(make_job):
    warm, ordinary = both(
        make_job, *EVERYTHING, district="浦\"\\'{x}", year=2019, share=1, as_of="2019-09-30"
    )

    assert warm.describe_failure() == ordinary.describe_failure() == ""
    for mine, theirs in zip(cells(warm), cells(ordinary), strict=True):
        assert mine == theirs
    assert warm.job.output.read_bytes() == ordinary.job.output.read_bytes()
    assert warm.stderr == ordinary.stderr
    assert "数据不足" in warm.stderr


def test_a_plot_gives_its_picture(make_job):
    (result,) = run_notebooks([make_job("plot", "import seaborn\nseaborn.lineplot(x=[1], y=[1])")])

    assert [sorted(output.data) for output in cells(result)[-1].outputs] == [
        ["text/plain"],
        ["image/png", "text/plain"],
    ]


@pytest.mark.parametrize("source", RAISING)
def test_errors_equal_those_of_the_ordinary_kernel(make_job, source):
    warm, ordinary = both(make_job, "print('before')", source, "print('never')")

    assert warm.status == ordinary.status == "failed"
    assert warm.error == ordinary.error
    assert warm.error.cell == 4
    assert warm.job.output.read_bytes() == ordinary.job.output.read_bytes()


def test_nobody_can_be_asked(make_job):
    warm, ordinary = both(make_job, "input('?')")

    assert warm.error == ordinary.error
    assert "不能使用 input()" in warm.error.cause


def test_what_other_processes_print_is_an_output(make_job):
    (result,) = run_notebooks(
        [make_job("below", "import os\nprint('in Python', flush=True)\nos.system('echo 以下')")]
    )

    first, second = cells(result)[-1].outputs
    assert first == {"output_type": "stream", "name": "stdout", "text": "in Python\n以下\n"}
    assert second.data == {"text/plain": "0"}


def test_twice_the_same_gives_the_same_bytes(make_job):
    job = make_job("same", *EVERYTHING[:12])
    again = NotebookJob(job.notebook, job.output.with_name("again.ipynb"))
    run_notebooks([job, again], workers=1)

    assert job.output.read_bytes() == again.output.read_bytes()
