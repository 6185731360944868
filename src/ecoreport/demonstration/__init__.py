"""Generated department tables, so that the project can be tried without anybody's data.

Everything here is invented and says so: 演示数据 stands in each file's name, in a title row and in
the column 数据性质 of each row. Nothing made here may be approved or published.
"""

from ecoreport.demonstration.generate import generate, write_demonstration

__all__ = ["generate", "write_demonstration"]
