"""Stories of the demo in which the checks find something, at the steps where it is found.

Everybody in them is invented, and so is every number. The identity numbers have a right check digit, and belong to
nobody: somebody with the sequence 000 was never born. The mobile numbers begin with 154, which nobody is called by.
"""

from bulletins.management.demo.pictures import Shot
from bulletins.management.demo.story import Story
from bulletins.models import Kind

DRAFT = Story(
    days=1,
    author="tongxunyuan",
    unit="guanghe",
    kind=Kind.CASE,
    kicker="洸河派出所",
    headline="“退款客服”来电 四千余元失而复得",
    campaigns=("fan-zhapian",),
    tags=("防诈骗", "以案释法"),
    text="""
    近日,洸河派出所接到居民王建国（身份证号370811190001010005，电话154 0000 2231）报警，称被“退款客服”骗走4800元。
    民警连夜开展工作，次日将犯罪嫌疑人刘大勇抓获，，被骗钱款全部追回。
    “要不是民警来得快，这钱就打了水漂。王建国握着民警的手连声道谢。
    """,
    photos=(
        Shot(
            "night",
            caption="民警连夜追查，路边停放的是涉案车辆鲁H·D0000",
            alt="夜里的街道，几盏路灯亮着",
            credit="林晓雨",
            says_where=True,
        ),
    ),
)
# The desk has to mend it, or it goes no further.
BLOCKED = Story(
    days=2,
    author="tongxunyuan2",
    unit="ershilipu",
    kind=Kind.CASE,
    kicker="二十里铺派出所",
    headline="一通电话叫停一笔转账",
    campaigns=("fan-zhapian",),
    tags=("防诈骗",),
    text="""
    近日，二十里铺派出所民警接到预警，辖区居民孙某正准备向一个陌生账户转账。民警立即拨打孙某手机15400006618，一直无人接听，随即赶往其家中。
    民警赶到时，孙某已在手机上填好对方卡号6220000000000000008，只差最后一步。民警当即叫停，并帮其卸载涉诈软件，避免损失2万元。
    民警提醒：凡是自称客服、要求转帐的，先挂断，再拨打96110。
    """,
)
# The desk says why one number may stay; the chief reads that before signing.
OVERRIDDEN = Story(
    days=3,
    author="tongxunyuan3",
    unit="liangbaosi",
    kind=Kind.NEWS,
    kicker="梁宝寺派出所",
    headline="村口亮起“警务夜灯”",
    campaigns=("hujing-qianwanjia", "ban-shishi"),
    tags=("社区警务", "便民服务"),
    text="""
    每晚七点到九点，梁宝寺派出所把流动警务车开到村口，车顶的警灯一亮，村民就知道民警来了。办证咨询、邻里纠纷、走失求助，都能在灯下办。
    车身上印着包村民警的手机15400006110，村民说，夜里有事心里有数。
    """,
    photos=(
        Shot(
            "night",
            caption="夜色中的村口，路灯与警务车的灯光照亮回家的路",
            alt="夜里的街道，几盏路灯亮着，远处的窗户透出灯光",
            credit="孔令仪",
        ),
    ),
)
OVERRIDE_REASON = "这是包村民警对外公布的工作手机，印在警务车和公示牌上，已与梁宝寺派出所核实，可以保留。"
# The same, and released since.
LET_STAND = Story(
    days=22,
    author="tongxunyuan2",
    unit="ershilipu",
    kind=Kind.BRIEF,
    headline="“夜间警务室”开到夜市旁",
    campaigns=("ban-shishi",),
    tags=("便民服务",),
    text="""
    近日，二十里铺派出所在夜市旁设立“夜间警务室”，每晚由一名民警、两名辅警值守，摊主和顾客遇到难事，可直接拨打值守民警的手机15400008820。
    """,
)
LET_STAND_REASON = "值守手机由派出所统一配发，对外公布，已与二十里铺派出所核实。"
RETURNED = Story(
    days=4,
    author="tongxunyuan",
    unit="guanghe",
    kind=Kind.BRIEF,
    headline="放学路上走失 民警半小时找回",
    campaigns=("huxiao-anyuan",),
    tags=("便民服务",),
    text="""
    近日，9岁男孩放学后在光河小学门口与家人走散。洸河派出所民警调取沿途监控，半小时后在两公里外的公园将其找到。
    孩子母亲赵丽华（身份证号370829190002020006）专程送来锦旗。
    """,
)
RETURNED_REASON = "一、家长的身份证号和全名都不能出现，请删去；二、未成年人不写年龄和学校，改为“一名走失儿童”“辖区一所学校”。"
# The same story from two stations: who was first, and who copied, is for the desk to find out.
TOLD_FIRST = Story(
    days=3,
    author="tongxunyuan",
    unit="guanghe",
    kind=Kind.NEWS,
    kicker="洸河派出所",
    headline="反诈宣传走进便民大集",
    campaigns=("fan-zhapian",),
    tags=("防诈骗", "进村入户"),
    text="""
    “大娘，凡是让您先交钱再领奖的，都是骗子。”近日，洸河派出所组织民警走进便民大集，在人流最密集的路口支起宣传台，向赶集群众讲解防范电信网络诈骗知识。
    活动现场，民警结合近期辖区发生的真实案例，用通俗易懂的语言揭露冒充客服、刷单返利、虚假投资等常见骗术，手把手教群众开启来电预警功能。
    截至散集，共发放宣传手册300余份，解答群众咨询60余人次，受到赶集群众的一致好评。
    """,
)
TOLD_AGAIN = Story(
    days=1,
    author="tongxunyuan2",
    unit="ershilipu",
    kind=Kind.NEWS,
    kicker="二十里铺派出所",
    headline="民警赶大集 反诈入人心",
    campaigns=("fan-zhapian",),
    tags=("防诈骗", "进村入户"),
    text="""
    “大娘，凡是让您先交钱再领奖的，都是骗子。”近日，二十里铺派出所组织民警走进农村大集，在人流最密集的路口支起宣传台，向赶集群众讲解防范电信网络诈骗知识。
    活动现场，民警结合近期辖区发生的真实案例，用通俗易懂的语言揭露冒充客服、刷单返利、虚假投资等常见骗术，手把手教群众开启来电预警功能。
    到散集时，300余份宣传手册一发而空，民警还当场解答了群众咨询60余人次。
    """,
)
# Readers saw its picture two weeks ago, under another story.
WITH_AN_OLD_PICTURE = Story(
    days=1,
    author="tongxunyuan3",
    unit="liangbaosi",
    kind=Kind.NEWS,
    kicker="梁宝寺派出所",
    headline="追回电动车 车主领回家",
    campaigns=("bairi-huan",),
    tags=("盗窃案",),
    text="""
    近日，梁宝寺派出所举行被盗电动自行车集中返还活动，12名车主从民警手中领回了自己的车辆。
    民警提醒，停放车辆时请上好锁具，尽量停在有人看管的地方。
    """,
    photos=(
        Shot(
            "courtyard",
            caption="返还活动现场",
            alt="派出所院子里整齐停放的电动自行车",
            credit="孔令仪",
        ),
    ),
)
PICTURE_SHOWN_FIRST = Story(
    days=15,
    author="tongxunyuan2",
    unit="ershilipu",
    kind=Kind.NEWS,
    kicker="二十里铺派出所",
    headline="院里停满“回家”的电动车",
    campaigns=("bairi-huan",),
    tags=("盗窃案",),
    text="""
    近日，二十里铺派出所将一批追回的电动自行车返还车主。民警逐一核对购车凭证和车架号，并教车主加装防盗锁具。
    """,
    photos=(
        Shot(
            "courtyard",
            caption="等待返还的电动自行车",
            alt="派出所院子里停着一排电动自行车，墙上挂着宣传栏",
            credit="周文博",
        ),
    ),
)
