"""Hold the ways in which a preference is said in English; for folded text."""

from typing import Final

from bot.domain.hearing_ways import ANY, KNOWN, LIKELY, REACH, THINGS, endured, felt, told
from bot.domain.preferences import Polarity

_NOT: Final = (
    r"(?:don'?t|do not|doesn'?t|does not|never|dont ever|no longer|not|won'?t|wouldn'?t|cant|can'?t|cannot|can not|"
    r"shouldn'?t|mustn'?t|am not|isn'?t|aren'?t)"
)
_VERY: Final = (
    r"(?:(?:really|even|ever|usually|much|particularly|especially|all that|that|at all|generally|like to|want to|"
    r"allowed to|supposed to|able to) )*"
)
_CONSUME: Final = (
    r"(?:eat|drink|wear|use|buy|have|take|touch|smoke|order|tolerate|digest|handle|cook with|shop at|deal with|"
    r"answer|pick up)"
)
_REACH: Final = r"(?:call|ring|phone|text|e-?mail|message|contact|whatsapp|bother|disturb|knock|mail|send|spam)"
_REACHING: Final = (
    r"(?:push notifications|notifications|calls|calling|phone calls|ringing|phoning|texts?|texting|e-?mails?|"
    r"emailing|messages?|messaging|whatsapp|sms|post|letters|voicemails?|knocking)"
)
_GIVE: Final = (
    r"(?:deliver|leave|send|put|use|wrap|pack|ship|drop|include|add|give|charge|substitute|ring|knock|hand|place|"
    r"throw|bring)"
)
_MEANS: Final = (
    r"(?:text|texts|sms|e-?mail|phone|whatsapp|wechat|telegram|post|letter|message|line|messenger|signal|chat|in "
    r"writing)"
)
_LASTING: Final = (
    r"(?:from now on|in (?:the )?future|going forward|(?:for )?(?:next|every|each) (?:time|order|delivery)|for "
    r"(?:all )?future orders|as a rule|as usual|in general)"
)
_SIZE: Final = (
    r"(?:(?:uk|us|eu) )?(?:size )?(?:[0-9]{1,3}(?:\.5)?|x{0,4}[sl]|m|small|medium|large|extra large|extra small)"
)
_TASTE: Final = r"(?:like|love|enjoy|care for|fancy|dig|favou?r|prefer|appreciate)"
_HABIT: Final = (
    r"(?:always|only|usually|normally|mostly|generally|typically|exclusively|mainly|just ever|tend to|try to)"
)

WAYS: Final = (
    # what the body or faith forbids
    endured(
        Polarity.AVOID,
        r"\b(?:allergic|intolerant|very sensitive|sensitive|averse|anaphylactic|vulnerable) to (.+)",
        r"\b(lactose|gluten|dairy|nut|peanut|egg|soy|wheat|milk|fructose)[- ](?:intoleran\w+|allerg\w+|free (?:diet|"
        r"household|home))\b",
        r"\b(?:have|has|got|suffer from|with)(?: got)? an? (?:severe |serious |bad |mild )?([\w ]{2,20}?) (?:allergy|"
        r"intolerance|sensitivity)\b",
        r"^([a-z]{3,15}) (?:allergy|allergic|intolerance)\b",
        r"\breact(?:s)? (?:badly|terribly) to (.+)",
        r"^([\w ]{2,25}?) (?:make|makes|gives?|brings?) me (?:ill|sweat|sick|itch\w*|sneeze|swell|out in|a rash|"
        r"hives|headaches?|migraines?|bloated)\b",
        aspect="allergy",
    ),
    endured(
        Polarity.AVOID,
        rf"\b{_NOT} {_VERY}(?:eat|digest|tolerate) (.+)",
        r"\bnever eats? (.+)",
    ),
    felt(
        Polarity.AVOID,
        r"\bmy skin can'?t (?:take|stand|handle) (.+)",
        r"\b(?:can'?t|cannot|can not|mustn'?t|not allowed|not supposed|unable) (?:to )?(?:have|eat|drink|wear|"
        r"tolerate|digest|take|do|handle|touch|use) (.+)",
        r"\b(?:i'?m|im|i am|we'?re|is|are|been|gone) off ((?:caffeine|sugar|dairy|gluten|meat|carbs|alcohol|coffee|"
        r"bread|wheat|milk|salt|wine|beer)\b.{0,20})",
        r"\b(?:steer clear of|stay away from|stays away from|keep away from|cut out|cutting out|given up|gave up|"
        r"avoid(?:s|ing)?|abstain from) (.+)",
    ),
    endured(
        Polarity.WANT,
        r"\b(?:am|i'?m|im|is|are|we'?re|as|being|he'?s|she'?s|i am|gone|strictly|strict|mostly|both) (?:an? "
        r")?(?:strict |strictly |mostly )?(vegan|vegetarian|veggie|pescatarian|muslim|coeliac|celiac|diabetic|hindu|"
        r"jain|teetotal|pregnant|breastfeeding|plant[- ]based|kosher|keto)\b",
        r"\b(?:keep|keeps|eat|eats|need|needs|only eat|follow) (?:strictly )?(?:a )?(halal|kosher|vegan|vegetarian|"
        r"gluten[- ]free|dairy[- ]free|sugar[- ]free|low[- ]\w+|keto|paleo|plant[- ]based)\b",
        r"\b(?:on|following) an? ((?:[\w-]+ ){1,3}?diet)\b",
    ),
    # dislike
    felt(
        Polarity.DISLIKE,
        rf"\b{_NOT} {_VERY}(?:{_TASTE}) (?:(?:to )?(?:eat|drink|wear|use|have)(?:ing)? )?(.+)",
        r"\b(?:hates?|dislikes?|detests?|loathes?|despises?|can'?t (?:stand|bear|abide)|cannot (?:stand|bear)|can "
        r"not stand) (?:it when )?(.+)",
        r"\bnot (?:really |exactly |much )?(?:an? )?(?:much of an? |really an? |big |huge )*(?:fan of|into|keen on|"
        r"fond of|crazy about|interested in|mad about|bothered about|comfortable with|a lover of|one for) (.+)",
        r"^(.+?) (?:is|are|'s) ?(?:not|n'?t) (?:really )?(?:for me|my (?:thing|style|taste|cup of tea)|to my taste)\b",
        r"^(.+?) (?:isn'?t|aren'?t) (?:really )?(?:for me|my (?:thing|style|taste|cup of tea)|to my taste)\b",
        r"\b(?:no interest in|no time for|no desire for|put off by|turned off by) (.+)",
    ),
    told(
        Polarity.DISLIKE,
        r"^(.+?) (?:bothers?|stress(?:es)?|annoys?|drives?|puts?|turns?) me(?: out| off| mad| crazy| nuts)?\b",
        kinds=THINGS | REACH,
    ),
    # do not do that to me
    told(
        Polarity.AVOID,
        rf"^(?:please |pls |plz |kindly |just |and |also |so |i said |i told you |i asked you )*(?:to )?(?:don'?t|do "
        rf"not|never|stop|no more|not|quit|no need to) (?:ever |more |to )*((?:{_REACH})(?:ing|ting)?\b.*)",
        rf"^(?:please |pls |plz |kindly |and |also |so )*(?:no|stop|no more|not|stop the|enough) (?:phone "
        rf")?({_REACHING}\b.*)",
        rf"^(?:please |pls |plz |kindly |and |also |so |just |again )*(?:don'?t|do not|never|stop|not) (?:ever |to "
        rf")*({_GIVE}(?:ing|ting|ping)?\b.+)",
        rf"\b(?:don'?t|do not|never) want (?:to (?:be|get) )?((?:any )?(?:{_REACH}|called|rung|phoned|texted|emailed|"
        rf"messaged|contacted|{_REACHING}).*)",
    ),
    told(
        Polarity.AVOID,
        r"^(.+?) (?:is|are|'s) (?:a )?(?:no go|no-go|(?:hard |big )?no for me|no good for me|off limits|out for me|"
        r"not good for me|bad for "
        r"me)\b",
        r"^(?:please |pls |so |and |also |definitely |absolutely |but )*(?:no|nothing|without|zero|skip the|hold the|"
        r"leave out the|leave off the|easy on the|never) (?!it|that|i\b|we|you|not|don'?t|there|idea|problem|worries|"
        r"need|thanks|one|reply|response|answer|more|call\b|text\b|parcel|package|delivery\b|message\b|box\b|card\b|"
        r"sign\b|post\b|verification|got|updates?|further|wrong|like|luck|way|longer|on\b|in\b)((?:[\w'-]+ "
        r"?){1,4}?)(?= (?:please|pls|plz|thanks|thank you|for me|at all|ever|in future|whatsoever|from now on|next "
        r"time|on all my|with my)|$)",
        rf"\b(?:don'?t|do not|never|doesn'?t|no longer) {_VERY}(?:want|need|wish for) (?:any(?: more)? |my |an? )?(.+)",
        kinds=KNOWN - {"price"},
    ),
    felt(
        Polarity.AVOID, rf"\b{_NOT} {_VERY}{_CONSUME} (.+)",
        r"\bnever (?:eats?|drinks?|wears?|uses?|buys?|orders?|touch(?:es)?|shops? (?:at|with)) (.+)",
    ),
    # want, for good
    told(
        Polarity.WANT,
        rf"\b{_LASTING}[, ]+(?:could you |can you |please |pls |always |i'?d like |i'?d prefer |i want |i would like "
        rf"|just |only |all )*(?!(?:i|it|this|that|the|you|we|is|are|was|will|for)\b)(.{{3,60}})",
        rf"^(?:can you |could you |please |pls |just |and |i'?d like |i want |all |make |put )*(?!(?:it|this|that|i|"
        rf"you|be|better|maybe|happen)\b)(.{{3,60}}?) {_LASTING}",
        rf"^(?:please |pls |just |and |also |always please )*(?:always|only ever|only) ((?:{_REACH}|{_GIVE}|write|"
        rf"speak|reply|book|seat|say)\b.{{2,60}})",
        r"^always ([\w -]{3,40})$|^([\w -]{3,40}?) (?:please )?always$",
        r"^(?:i'?d like |i want |please |make it )*(.{3,40}?),? (?:always|every time|as always|forever|all the way)$",
        r"^(.{3,30}?) over [\w ]{2,25} any (?:day|time)\b",
    ),
    # how and when to reach
    told(
        Polarity.WANT,
        rf"\b(?:please |pls |just |only |and |also |rather |instead )*((?:{_MEANS}|message|write(?: to)?) me(?: "
        rf"(?:on|by|via|in|at) [\w ]{{2,20}})?(?: instead| only| first)?)$",
        rf"\b(?:please |just |only )*(?:contact|reach|reply|get (?:hold of|in touch with)|write to|answer|speak to|"
        rf"talk to|be contacted|respond|contacted|reached|communicate|updates?|notify|message|keep) (?:to |with "
        rf")?(?:me |us )?(?:only |back )?(?:by|via|on|through|over|in) ({_MEANS}|[a-z]{{4,12}})\b",
        rf"^(?:please |pls |only |just )*(?:use |by |via )?({_MEANS}) (?:only|is (?:best|better|fine|easier|enough|"
        rf"good)|would be (?:best|better)|works(?: best)?|please|instead|preferred)\b",
        rf"^only ((?:{_MEANS}|call|ring) me.*)",
        r"\b((?:call|ring|phone|text|contact|reach|disturb|message|catch|e-?mail|get|deliver|come) (?:me |us |to me "
        r")?(?:only |any ?time |sometime )?(?:after|before|between|in the|at|on|during|around|from) .{1,30})",
        r"\b(?:speak|talk|write|reply|answer|communicate|chat|continue|respond)(?: to me| with me| to us)? (?:only "
        r")?in ([a-z]{4,12})\b",
        r"^([a-z]{4,12}) is the language\b",
        rf"^(?:please |pls |just |only )*use (?:my )?({_MEANS})\b",
        r"^(?:please |pls |just )*(?:speak|talk|write)(?: to me| with me)? ([a-z]{4,12}) (?:with me|to me|please)\b",
        r"^([a-z]{4,12}) (?:would be|is) (?:much |a lot )?(?:easier|best|better) for me\b",
        r"\b(?:my )?(?:preferred|native|first|main) language is ([a-z]{4,12})\b",
        kinds=REACH,
    ),
    told(
        Polarity.WANT,
        r"^(?:and |so |but )?(.{3,40}?) (?:suits? (?:me|us)|works? best|works? better|works? for me|(?:is|are|would "
        r"be|'s) (?:much |the |a lot |always )?(?:best|better|easier|ideal|preferred|perfect for me|nicer|good for "
        r"me|convenient|fine for me|great for me))\b",
        r"^(?:and |just |strictly |please |only |it has to be |has to be )*(.{2,40}?) (?:only|please only|is a must|"
        r"are a must|is essential)(?: please| thanks| pls| for me)?$",
        r"^(?:and |please |so |strictly |definitely )*only (?!if|when|one|two|just|got|a\b|the\b|problem|issue|thing|"
        r"arrived|received|[0-9])(.{3,40}?)(?: please| thanks| for me)?$",
        kinds=KNOWN - {"invoice"}, confidence=LIKELY,
    ),
    told(
        Polarity.WANT,
        r"^(?:just |a |an |the |size )*(?!write|find|book|make|check|do|get|cancel|look|send|print|call|can|could|is|"
        r"it|that|this|works?|leave)(?!.*\b(?:no|not|isn'?t|too|never|enough)\b)(.{1,30}?) (?:for me|is my size)(?: "
        r"please| thanks| always)?$",
        r"^(?:the )?((?:cheaper|smaller|bigger|lighter|simpler|darker|less|more) .{0,25}?the better)\b",
        kinds=THINGS, confidence=LIKELY,
    ),
    told(
        Polarity.WANT,
        r"^(?:please |pls |just |and |also |always |kindly |could you |can you )*((?:leave|deliver|drop|put|pack|"
        r"wrap|gift[- ]wrap|ring) (?!.*\b(?:off|name|one|instead|under)\b).{2,60})",
        kinds=frozenset({"delivery"}), confidence=LIKELY,
    ),
    told(
        Polarity.WANT,
        r"^(?:please |just |pls )*(?:call|address) me (?:as )?((?:mrs?|ms|miss|dr|prof)\.? ?[\w']+|(?!(?:back|later|"
        r"now|please|asap|tomorrow|today|again|on|at|when|after|before|instead|only|first|crazy|maybe|any|a|by|in|to|"
        r"and|old|or|for|if|about|this|with|from|every|between|during|around|difficult|mad|old)\b)[a-z]+)(?: please| "
        r"instead| from now on)?$",
        r"\bmy pronouns are ([\w/ ]{3,15})",
        kinds=ANY,
        means=("other", ""),
    ),
    # size and money
    felt(
        Polarity.WANT,
        rf"\b(?:wears?|takes?|needs?|i'?m|im|i am|i'?m a|am|my (?:\w+ )?size is|usually|always|in|order|buy|get) "
        rf"(?:an? |usually |always |normally |about )*(size (?:{_SIZE})(?: in \w+)?|(?:uk|us|eu) [0-9]{{1,2}})\b",
        rf"\b(?:wears?|my (?:\w+ )?size is|takes?|i'?m|i am|im|is) (?:an? |usually |normally |about |always "
        rf")*({_SIZE})(?: in [\w ]+)?$",
        r"^((?:narrow|wide|flat|big|small) feet)\b|\bsize ([0-9]{2}) feet\b",
        r"\bhave ((?:very |quite |really )?(?:big|narrow|wide|small|flat) feet.{0,10})",
        means=("attribute", "size"),
    ),
    felt(
        Polarity.WANT,
        r"\b(?:i'?m|i am|im) (?:very |quite |really |pretty )?(tall|petite|plus[- ]size|left[- ]handed|colou?r "
        r"?blind|dyslexic)\b",
        r"\b(?:have|got) (sensitive skin|arthritis|dry skin|oily skin|curly hair|a small kitchen|small hands)\b",
    ),
    told(
        Polarity.WANT,
        r"\bmy (?:budget|limit|max(?:imum)?|price range) (?:is|of|would be|'s|about|around|:)+ (?:about |around |"
        r"roughly |up to |max |a |under |usually |below )*([£$€]?[0-9][\w£$€ -]{0,15})",
        r"\b((?:nothing|anything|something|not) (?:over|above|under|below|more than|up to|beyond) [£$€]?[0-9]+(?: "
        r"?\w{1,7})?)",
        r"\b(?:pay|spend|go) (?:a )?(?:max(?:imum)? (?:of )?|no more than |up to |over |more than )([£$€]?[0-9]+(?: "
        r"?\w{1,7})?)",
        means=("price", ""),
    ),
    # habits
    felt(
        Polarity.WANT,
        rf"\b{_HABIT} (?:eats?|drinks?|wears?|uses?|buys?|pays? (?:with|by|in|via)|want|takes?|orders?|shops? (?:at|"
        rf"with|for)|gets?|goes? for|choose|pick|have|has|read|need|travel with|fly|stay in|sleep on|listen to|"
        rf"watch) (.+)",
        r"\b(?:go for|goes for|opt for|stick to|stick with|swear by|rely on|live on|loyal to|can'?t live without|"
        r"couldn'?t live without) (.+)",
        r"\b(?:pay|paying) (?:for everything )?(?:with|by|via|using) (.+)",
    ),
    felt(
        Polarity.WANT,
        r"\b(?:drinks?|eats?|wears?|takes?|uses?|sleeps? on) (?:my (?=\w+ )|his |her )?(.+)",
        kinds=THINGS - {"language"}, confidence=LIKELY,
    ),
    felt(Polarity.LIKE, r"^(.{3,30}?) (?:makes?|keeps?) me (?:happy|smile|feel good)\b"),
    # likes
    felt(
        Polarity.LIKE,
        r"(?<!'d )(?<!would )(?<!\bid )\b(?:likes?|loves?|adores?|enjoys?|favou?rs?|p(?:re|er)ff?ers?|collects?|"
        r"fancies|❤️|lov|luv|digs?|prefered) (?:(?:to )?(?:eat|drink|wear|use|buy|have|read|watch|get|be|do|shop for|"
        r"collect)(?:ing)? )?(?!to\b)(.+)",
        r"\bprefers? to (.+)",
        r"\b(?:prefer)red? (.+)",
        r"\b(?:would|'?d)(?: much| really| always| still| just)* prefer (?:it if |if |to )?(.+)",
        r"\b(?:would|'?d)(?: much)? (?:rather|sooner) (?:have |get |use |be |you |pay )?(?:used? )?(.+)",
        r"\b(?:big |huge |massive |great )*(?:fan of|into|fond of|partial to|keen on|mad about|crazy about|obsessed "
        r"with|addicted to|hooked on|a sucker for|soft spot for|weakness for|thing for|preference for|passionate "
        r"about) (.+)",
        r"\b(?:am|i'?m|im|i am|he'?s|she'?s|is|are|more of|such) (?:an? |more of an? |total |real |big |huge |proper "
        r")+([\w -]{2,25}?) (?:lover|person|drinker|addict|fan|fanatic|guy|girl|enthusiast|nut|junkie|collector|"
        r"reader)\b",
        r"^(?!any|no)([\w -]{2,20}?) (?:user|drinker|lover|household|addict)(?: here| only)?$",
        r"\b(?:don'?t|do not|wouldn'?t|doesn'?t|happy to|willing to) mind (.+)",
    ),
    told(
        Polarity.LIKE,
        r"\bmy (?:all[- ]time |absolute )?(?:favou?rites?|fave?s?|go[- ]to|preferred|ideal|usual)(?: \w+){0,3}? "
        r"(?:is|are|would be|has to be|have to be|have always been|will always be|:) (.+)",
        r"^(.+?) (?:is|are|'s) (?:always |definitely |still )?(?:my|a|an all[- ]time) (?:absolute |all[- ]time "
        r")?(?:favou?rites?|fave?s?|go[- ]to|jam|thing|weakness|kind of thing|cup of tea|preference|preferred "
        r"choice)\b",
        kinds=ANY,
    ),
    # wishes whose words serve other ends too
    told(
        Polarity.WANT,
        r"^(?:and |but |so |well |hi |hello |basically |honestly |also )*(?:i|we)(?: really| only| just| always| do| "
        r"definitely)* (?:want|need|require|wish for|demand|insist on|ask for|look for) (?:it |them |to have |"
        r"something |anything |things |stuff )?(.+)",
        r"^(?:and |but |so |well |hi |hello |also )*(?:i|we)(?: would|'?d| wud)(?: really| much| only| just| still)* "
        r"(?:like|love|appreciate|want|be happy with) (?:it |them |to have |something |anything |things |to get )?(.+)",
        r"\b(?:looking for|on the lookout for|searching for|after) (?:something |anything )?(.+)",
        r"^(.+?) is what (?:i|we) (?:always |usually |really )?(?:want|need|look for|go for|prefer|like)\b",
        r"\b(?:it )?(?:must|has to|have to|needs? to) be (.+)",
        kinds=THINGS, confidence=LIKELY,
    ),
)  # fmt: skip
"""Read in this order; the first that fits a clause decides."""
