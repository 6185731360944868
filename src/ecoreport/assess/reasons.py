"""Why a verdict is what it is: the codes that judgements carry, in words."""

from __future__ import annotations

from ecoreport.message import N_

REASONS = {
    "not_reported": N_("未报送数据"),
    "only_parts_reported": N_("只报送了部分时段，没有全年数"),
    "period_not_over": N_("时段未结束，尚无数据"),
    "bases_differ": N_("同级来源口径不同且数值不同，须认定以哪个为准"),
    "rejected": N_("数据未通过校验，已退回"),
    "withheld": N_("依据为内部数据，公开版不列"),
    "no_base": N_("缺少基数，不能比较"),
    "too_few_days": N_("有效天数不足"),
    "too_few_months": N_("有效月份不足"),
    "too_few_sections": N_("有断面没有足够数据"),
    "part_exceeds_whole": N_("分子大于分母，须核对"),
    "nothing_to_rate": N_("分母为零，没有可计算的比率"),
    "capacity_missing": N_("有设施缺少设计能力"),
    "points_missing": N_("有点位没有数据"),
    "basis_differs": N_("口径不一致，不作比较"),
    "period_differs": N_("时段不同，不作比较"),
    "base_insufficient": N_("基数的有效数据不足"),
    "nil_return_missing": N_("部分月份缺少经签发的零报告"),
    "later_not_reported": N_("最近一期之后未报送"),
    "not_confirmed": N_("尚无认定意见"),
    "unsigned": N_("认定意见没有注明认定人"),
    "mostly_done": N_("基本完成，尚未全部完成"),
    "started": N_("已启动，尚未完成"),
    "not_done": N_("尚未开展"),
    "event_reported": N_("报告了事件"),
    "target_not_assigned": N_("上级未下达目标值"),
    "deadline_ahead": N_("完成时限在评估时点之后"),
    "part_not_met": N_("有分项未达标"),
    "part_open": N_("有分项不能评价"),
    "period_not_done": N_("有期次未完成"),
    "period_missing": N_("有期次未报送"),
    "interim_value": N_("对照方案或目标责任书给出的当年目标值"),
    "share_of_year": N_("不低于时间进度"),
    "behind_share_of_year": N_("低于时间进度"),
    "plan_not_begun": N_("方案期限尚未开始"),
    "base_zero": N_("基数为0，不能计算百分比"),
    "term_over": N_("方案期限已过，不再评价"),
    "within_around": N_("“左右”：与目标值相差在设定的范围内，算达到"),
    "within_basically": N_("“基本”：与目标值相差在设定的范围内，算达到"),
    "mostly_done_accepted": N_("“基本”：认定为基本完成，算完成"),
    "strive_not_reached": N_("“力争”的目标没有实现，不计入未达标"),
    "unit_below": N_("有单元未达到"),
    "no_clear_change": N_("变化幅度在标准规定的无明显变化范围内"),
}

FRAGILITIES = {
    "at_target": N_("恰为目标值"),
    "rounding": N_("修约前后结论不同"),
    "month": N_("剔除任一个月的数据，结论可能改变"),
    "day": N_("剔除任一天的数据，结论可能改变"),
    "margin_of_error": N_("目标值在抽样误差范围内，调查不能断定"),
}
