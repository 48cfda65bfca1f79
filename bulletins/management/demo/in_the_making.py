"""Stories of the demo that wait for somebody, or that something happened to after they were released."""

from bulletins.management.demo.story import Story
from bulletins.models import HeadlineJoin, Kind

DRAFT = Story(
    days=1,
    author="tongxunyuan",
    unit="guanghe",
    kind=Kind.NEWS,
    headline="社区来了“法律明白人”",
    campaigns=("fengqiao-paichusuo",),
    tags=("普法宣传",),
    text="""
    近日，洸河派出所联合社区开展普法志愿者培训，首批志愿者将协助民警开展矛盾排查和法律咨询。
    （培训人数和结业时间待与社区核实后补充。）
    """,
)
# Went back to its author once, was mended and submitted again.
UNIT_REVIEW = Story(
    days=2,
    author="tongxunyuan",
    unit="guanghe",
    kind=Kind.NEWS,
    kicker="洸河派出所",
    headline="老楼装上“安全哨兵”",
    campaigns=("bairi-huan",),
    tags=("消防安全", "社区警务"),
    text="""
    洸河派出所会同社区为独居老人家庭安装烟雾报警器，民警上门讲解使用方法。
    “有了它，夜里睡得踏实。”一位老人说。
    """,
)
UNIT_REVIEW_REASON = "请补充安装户数和完成时间，老人的话核实后再用。"
UNIT_REVIEW_TEXT = """
    近日，洸河派出所会同社区为辖区36户独居老人家庭安装烟雾报警器，民警逐户上门讲解使用方法，并登记紧急联系人。
    “有了它，夜里睡得踏实。”一位老人说。
    """
# Waits for the reviewer of the bureau, since the county bureau has none.
UNIT_REVIEW_ABOVE = Story(
    days=1,
    author="tongxunyuan3",
    unit="jiaxiang",
    kind=Kind.BRIEF,
    headline="流动警务车开进乡村大集",
    campaigns=("ban-shishi",),
    tags=("便民服务",),
    text="""
    近日，嘉祥县公安局流动警务车开进乡村大集，现场办理居住登记、证件咨询等业务，并发放防诈骗、防盗窃宣传材料，把便民服务送到群众家门口。
    """,
)
DESK_REVIEW = Story(
    days=2,
    author="tongxunyuan2",
    unit="ershilipu",
    kind=Kind.NEWS,
    kicker="二十里铺派出所",
    headline="警企夜谈\n谈出一张“隐患清单”",
    join=HeadlineJoin.NOTHING,
    campaigns=("bairi-huan",),
    tags=("隐患排查", "警企共建"),
    text="""
    “仓库后墙的监控有死角”“夜班门卫只有一个人”……近日，二十里铺派出所把座谈会开到辖区企业车间，民警与安全员面对面查找治安隐患。
    座谈会上梳理出的问题当场列成清单，明确整改责任和时限，民警将逐项回访。
    """,
)
# The desk mended its headline.
FINAL_REVIEW = Story(
    days=3,
    author="tongxunyuan3",
    unit="liangbaosi",
    kind=Kind.NEWS,
    kicker="梁宝寺派出所",
    headline="派出所组织开展反诈宣传活动取得良好效果",
    campaigns=("fan-zhapian",),
    tags=("防诈骗", "进村入户"),
    text="""
    近日，梁宝寺派出所民警走进田间地头，用方言顺口溜讲解刷单返利、冒充熟人等常见骗术，帮助村民关闭陌生来电免密支付。
    民警还为村里的老年人逐一检查手机，卸载来历不明的软件，并教会家属设置转账提醒。
    """,
)
FINAL_REVIEW_HEADLINE = "田埂上的反诈课"
APPROVED = Story(
    days=3,
    author="tongxunyuan",
    unit="guanghe",
    kind=Kind.FEATURE,
    kicker="洸河派出所",
    headline="调解室里的三把椅子",
    campaigns=("fengqiao-paichusuo", "bairi-huan"),
    tags=("矛盾调解",),
    text="""
    洸河派出所调解室里常年摆着三把椅子：当事双方各坐一把，中间一把留给“说和人”。
    # 谁来坐中间
    中间的椅子不只民警坐。退休教师、老党员、律师志愿者轮流值班，谁懂行就请谁来说。
    # 说完要落笔
    每一次调解都写成一页纸，双方看过、签过，一周后由民警上门回访。椅子还是三把，走出门的人却常常并肩而行。
    """,
)
RETURNED = Story(
    days=4,
    author="tongxunyuan2",
    unit="ershilipu",
    kind=Kind.CASE,
    headline="电动车被盗之后",
    campaigns=("bairi-huan",),
    tags=("盗窃案",),
    text="""
    近日，二十里铺派出所破获一起电动自行车盗窃案，为群众追回被盗车辆。民警提醒，停放车辆时请上好锁具，尽量停在有人看管的地方。
    """,
)
RETURNED_REASON = (
    "一、案件办理到哪一步没有写明，请与办案民警核对后再写；二、标题不像案例，请改；三、追回车辆数量请补上。"
)
REFUSED = Story(
    days=6,
    author="tongxunyuan3",
    unit="liangbaosi",
    kind=Kind.BRIEF,
    headline="派出所组织学习上月工作简报",
    tags=("队伍建设",),
    text="""
    近日，梁宝寺派出所组织民警集中学习上月工作简报，进一步统一思想、明确任务。
    """,
)
REFUSED_REASON = "内部学习，时间已过，读者不关心。可结合整改成效另写一篇。"
SCHEDULED = Story(
    days=2,
    author="bianji2",
    unit="jining",
    kind=Kind.NEWS,
    kicker="市公安局",
    headline="户籍窗口\n周末不打烊",
    campaigns=("ban-shishi",),
    tags=("便民服务", "户籍业务"),
    text="""
    为方便上班族办理户籍业务，市公安局部署各户籍窗口推行周末延时服务，群众可就近办理居民身份证申领、居住登记等业务。
    各窗口将提前公布值班安排，对老年人、残疾人和确有急事的群众开通绿色通道，必要时上门办理。
    """,
)
# Public, while its author writes a newer text.
BEING_REVISED = Story(
    days=6,
    author="tongxunyuan",
    unit="guanghe",
    kind=Kind.NEWS,
    kicker="洸河派出所",
    headline="反诈摊位“摆”进夜市",
    campaigns=("fan-zhapian", "bairi-huan"),
    tags=("防诈骗", "夜市"),
    text="""
    夜市灯火初上，洸河派出所的反诈摊位也开了张。民警一边派发手提袋，一边用摊主听得懂的话讲收款码被调包、虚假转账截图等骗术。
    “顾客说转过去了，一定要听到账声。”听完讲解，几位摊主当场检查了自己的收款码。
    """,
)
BEING_REVISED_TEXT = """
    夜市灯火初上，洸河派出所的反诈摊位也开了张。民警一边派发手提袋，一边用摊主听得懂的话讲收款码被调包、虚假转账截图等骗术。
    “顾客说转过去了，一定要听到账声。”听完讲解，几位摊主当场检查了自己的收款码。
    截至目前，反诈摊位已走进辖区三处夜市，帮助摊主更换破损收款码，提醒近千人次。
    """
WITHDRAWAL_ASKED = Story(
    days=9,
    author="tongxunyuan2",
    unit="ershilipu",
    kind=Kind.NEWS,
    headline="沿街商户安全培训实现全覆盖",
    campaigns=("bairi-huan",),
    tags=("消防安全",),
    text="""
    近日，二十里铺派出所组织沿街商户开展安全培训，讲解灭火器使用、用电安全和夜间防盗知识，并逐户签订安全责任书。
    """,
)
WITHDRAWAL_ASKED_REASON = "文中“全覆盖”与实际不符，还有部分商户没有参加，请撤下核实。"
WITHDRAWN = Story(
    days=10,
    author="bianji2",
    unit="jining",
    kind=Kind.INCIDENT,
    kicker="警情通报",
    headline="关于部分路段临时交通管制的通报",
    tags=("交通管制",),
    text="""
    因道路施工，部分路段将实行临时交通管制，请过往车辆按照现场指示标志绕行，服从民警指挥。
    """,
)
WITHDRAWN_REASON = "施工提前完成，管制已经解除，继续挂网会误导群众。"
WITHDRAWN_NOTICE = "该通报所述管制已经解除，为避免误导，本稿已撤下。"
