"""Imported first where others are imported for children: Ctrl+C ends that process in silence.

The one who started it tells people that the task was interrupted. It starts with the signal held
back, so that none is heard before this.
"""

import signal

signal.signal(signal.SIGINT, signal.SIG_DFL)
if hasattr(signal, "pthread_sigmask"):
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
