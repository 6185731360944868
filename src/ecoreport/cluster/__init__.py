"""District-years on other machines: what travels there, what comes back, and through which store.

A job names parts by content; a worker fetches those that it lacks, makes the report in a process
of its own, and puts it into the store once. See ``docs/cluster.md``.
"""
