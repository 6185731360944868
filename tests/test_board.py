"""How long a batch will still take."""

from hypothesis import given
from hypothesis import strategies as st

from ecoreport.board import Board, Kind
from ecoreport.progress import QUIET, Progress

JOBS = [kind for kind in Kind if kind is not Kind.REPORT]


def test_nothing_is_promised_before_anything_has_ended() -> None:
    board = Board(Progress(QUIET), workers=2, n_chapters=3)
    board.expect(Kind.REPORT, 4)
    assert board.remaining_seconds() is None


@given(st.integers(1, 4), st.integers(1, 9), st.floats(0.1, 50))
def test_jobs_that_take_alike_leave_the_rest_shared_among_workers(
    workers: int, n_reports: int, seconds: float
) -> None:
    board = Board(Progress(QUIET), workers, n_chapters=3)
    board.expect(Kind.REPORT, n_reports)
    n_jobs = n_reports * 5
    for number in range(n_jobs):
        board.done(JOBS[1:][number % 3], seconds)
        left = board.remaining_seconds()
        if number + 1 >= workers:
            assert left is not None
            assert left >= 0


def test_the_estimate_ends_at_nothing() -> None:
    board = Board(Progress(QUIET), workers=2, n_chapters=1)
    board.expect(Kind.OBSERVE, 2)
    board.expect(Kind.REPORT, 1)
    for kind in (Kind.OBSERVE, Kind.OBSERVE, Kind.JUDGE):
        board.done(kind, 10.0)
    # A chapter and a binding are left, of ten seconds each as far as is known, over two workers.
    assert board.remaining_seconds() == 10.0
    board.done(Kind.CHAPTER, 4.0)
    board.done(Kind.BIND, 4.0)
    assert board.remaining_seconds() == 0.0
