"""Grades that stand before what is graded, e.g. 省级 of `认定为省级绿色工厂`, 3A级 of `3A级景区`; for patterns."""

GRADE = r"(?:世界级|国家级|部级|省部级|自治区级|省级|州级|市级|县级|区级|乡级|镇级|村级|[一二三四五][星等]级|[一二三四]级|[甲乙丙]级|[1-5]A级)"
