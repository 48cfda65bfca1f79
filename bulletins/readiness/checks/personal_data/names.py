"""What a Chinese name looks like: a surname and one or two letters that given names are made of."""

from __future__ import annotations

import re

SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎鲁韦昌马苗凤方俞任袁柳"
    "鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常于傅皮卞齐康伍余元卜顾孟黄穆萧尹姚邵湛汪祁毛狄米贝臧戴谈宋茅庞熊纪舒屈项祝"
    "董梁杜阮蓝闵席季贾娄江童颜郭梅林刁钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房裘缪丁宣邓郁杭洪包诸左石崔吉龚程邢裴陆荣翁"
    "荀羊惠甄曲封芮储靳段富巫焦牧谷车侯宓蓬郗班仰秋仲伊宫宁仇栾甘厉戎祖武符刘景詹束龙叶幸司韶黎蓟薄印宿白蒲邰鄂索咸籍赖卓"
    "蔺屠蒙池乔阴胥苍闻莘党翟谭贡劳姬申扶堵冉宰郦雍桑桂濮牛寿边扈燕冀浦尚农温庄晏柴瞿阎慕茹习艾鱼容向古易慎廖庾终居衡步"
    "耿满弘匡国文寇广禄东欧殳沃蔚越夔隆师巩聂晁勾敖融冷辛阚那简饶曾沙丰关蒯查荆红游竺权盖桓公仉督岳帅付肖覃代闫仝邸解单"
)
COMPOUND = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "司徒",
    "夏侯",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "宇文",
    "长孙",
    "东方",
    "端木",
)

GIVEN = frozenset(
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛超霞平刚桂兰玉萍红玲芬燕彬凤洁梅琳素云莲真环雪荣爱妹香月莺媛瑞凡佳嘉琼勤珍贞莉娣叶璧"
    "璐娅琦晶妍茜秋珊莎锦黛青倩婷姣婉娴瑾颖露瑶怡婵雁蓓纨仪荷丹蓉眉君琴蕊薇菁梦岚苑婕馨瑗琰韵融园艺咏卿聪澜纯毓悦昭冰爽琬"
    "茗羽希宁欣飘育滢馥筠柔竹霭凝晓欢霄枫芸菲寒伊亚宜可姬舒影荔枝思俊峰辉健世广志义兴良海山仁波贵福生龙元国胜学祥才发武"
    "新利清飞富顺信子康星光天达安岩中茂进林有坚和彪博诚先敬震振壮会思群豪心邦承乐绍功松善厚庆民友裕河哲江浩亮政谦亨奇"
    "固之轮翰朗伯宏言若鸣朋斌梁栋维启克伦翔旭鹏泽晨辰士以建家致树炎德行时泰盛雄琛钧冠策腾楠榕风航弘明永文华金成正东南西北"
    "春夏冬景田来喜保宝长根水火土木石虎豹牛马连立传全召绪宪忠孝廉耻礼智勋勤勉恒恺恩慧惠昊昌昕晖晗景晴暖曦朝杨柏柯桐梓森楚"
    "樱毅沛沐泓洲涵淑淼渊源溪滨潇濠灿炜烁焕煜熙爽珂珍珠琪瑜瑛璇璟甜皓盈睿磐祎祺禹秉程稳竣笑筱粤紫红纲绮绣耀聚胤芝芮苗茹"
    "莹菊萌蓝蔚蕾虹蝶衡裴诗语诺谊豫贤赫路轩轶辉迪逸邵郁鑫铁铭银锋锐镇阳雅雨雯霖韬颂飒骁骏魁鸿鹃鹤麒麟麦黎乾坤坡培堂"
    "壁大小宇守定宾寅寿尚尧岭川巍州巧帆帅年幸庚延廷弟彤彦影征徽怀恬悠憬战才打扬捷攀敦斯方昂昆昱书本杏果栓栋桃梨楷"
    "付凯前加勃勇化升卓双向圣圆坦垒城基增奎奋好妙妮姗娇娥婧媚嫣嫒存季孟宗宣容宽密寒"
) - frozenset("打大小时有会可好以之加前向言语路来行进发方全连年先心")

# Words that begin like a name. After 嫌疑人 they go on with the sentence: 马上逃离, 安徽籍.
_WORDS = """
陈述 陈列 温声 马上 马路 马甲 马虎 高速 高度 高中 高价 高额 高兴 高利 高层 高空 高调 方才 方便 方可 方面 方向 全部
全程 安全 安徽 安装 安排 安置 安静 安然 石家 江苏 江西 河南 湖南 广东 广西 国内 国外 国家 国籍 国庆
文化 文字 文明 金额 金钱 金融 金乡 金条 金店 钱财 钱款 钱物 钱包 白天 白色 黄金 黄色 黄河 万元 万余
万般 施工 施暴 施救 施害 施以 包括 包庇 包裹 包车 包内 常年 常常 常住 常用 严重 严格 严厉 严肃 严密
戴着 戴上 戴口 何时 何地 何人 何在 何种 何处 许诺 许多 许久 余款 余下 任意 任何 任由 夏天 夏季 顾不
顾虑 赖账 于是 于当 于本 于今 于昨 于同 于凌 于上 于下 于年 于案 于近 于其 于此 于该 于一 于二 于三
于四 于五 于六 于七 于八 于九 于十 向民 向受 向其 向他 向她 向公 向警 向派 向家 向朋 向亲 向多 向对
向被 向群 向外 向东 向南 向西 向北 向社 向平 向银 单独 单位 解释 解救 解除 尚未 尚有 尚在 尚无 尚不
车辆 车内 车主 车上 车门 关系 关押 关于 关注 关键 关门 边境 边走 边防 房屋 房间 房产 房内 家中 代为
代购 代理 查看 查询 游客 游走 公司 公安 公园 公开 查获 红色 东西 东部 步行 步入 冷静 容易 居住 居民
居家 居然 终于 满足 满意 满脸 那里 那么 那个 那天 师傅 党员 广告 广大 平时 欧元 管理 管制 管辖 通过
古玩 温馨 申请 申诉 农村 农民 程度 程序 幸运 幸好 幸免 幸亏 司机 印章 宿舍 宿醉 荣获 左右 左侧 左手
左腿 左臂 右侧 谈话 谈及 谈恋 班长 班级 和平 乔装 仇恨 仇视 武力 武术 武装 屈服 项目 项链 封闭 封锁
富裕 毛巾 苏醒 康复 景区 盖章 盖有 简单 权益 权利 丰富 沙发 曾经 曾因 曾在 曾多 曾于 曾被 曾用 曾为
曾任 曾与 曾对 曾向 曾先 曾两 曾三 曾有 惠及 惠民 慎重 宣称 宣传 宣布 杭州 宁夏 宁愿 宁波 吉林 蒙古
蒙骗 蒙面 蒙蔽 贵州 云南 郑州 徐州 梁山 金华 温州 常州 苏州 柳州 齐全 元旦 元宵 闻讯 劳动 劳务 扶着
扶起 习惯 索要 索赔 索取 仰卧 仰面 束缚 籍贯 石块 石头 林地 林区 田地 田间 花园 牛羊 季度 童年 江边
雷同 席间 纪律 储存 储蓄 越狱 越境 越过 越墙 越来 国道 艾滋 易燃 易爆 易被 庄园 党委 计划 祝福 贡献
车站 车牌 查处
"""
WORDS = frozenset(_WORDS.split())
_TITLES = """
女士 先生 老师 大爷 大妈 大娘 大姐 大哥 阿姨 奶奶 爷爷 老汉 老太 同学
经理 师傅 医生 小姐 老人 叔叔 母亲 父亲 夫妇 夫妻 一家 姓
"""
TITLES = tuple(_TITLES.split())
# Letters that carry the sentence on and stand in no given name here.
_CARRIES_ON = frozenset(
    "某×*的了在是被因将把对从到与称说所于就便又再也都却还已让给要想能不没未无这那其该经持用驾拿骗偷盗抢打杀逃跑躲藏供认交待涉报"
    "失去过着等及或但而后内外上下里时间日号岁名个人们您你我他她它籍系属作做处受遭获得见听看觉发起出进回开始随即立马赶"
)
_ENDS = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]|\Z")


def surname_length(text: str, at: int) -> int:
    """How many letters of a surname stand there: 0, 1 or 2."""
    if text[at : at + 2] in COMPOUND:
        return 2
    return 1 if text[at : at + 1] in SURNAMES else 0


def full_name_end(text: str, at: int) -> int:
    """Where a full name ends that starts at `at`, or `at` when none does. 张某, 张女士 and 马上 are none."""
    surname = surname_length(text, at)
    if not surname or text[at : at + 2] in WORDS or text.startswith(TITLES, at + surname):
        return at
    first = at + surname
    for end in (first + 2, first + 1):
        given = text[first:end]
        if len(given) < end - first or any(letter in _CARRIES_ON for letter in given):
            continue
        if not all("\u4e00" <= letter <= "\u9fff" for letter in given):
            continue
        # 李伟和张丽华 are two people.
        if given.endswith("和") and surname_length(text, end):
            continue
        known = sum(letter in GIVEN for letter in given)
        # 陈小红, 李大伟: no name ends so, but many go on.
        known += len(given) == 2 and known == 1 and given[0] in "小大"
        if known == len(given) or (_ENDS.match(text, end) and (known or len(given) == 1)):
            return end
    return at
