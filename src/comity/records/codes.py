"""The closed code lists of the records, made from the tables by training/compile_codes.py."""

from enum import StrEnum


class PloverEvent(StrEnum):
    """Codes of the list "PLOVER event"."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class PloverMode(StrEnum):
    """Codes of the list "PLOVER mode"."""

    VISIT = "visit"
    THIRD_PARTY = "third-party"
    MULTILATERAL = "multilateral"
    PHONE = "phone"
    WITHDRAW = "withdraw"
    RELEASE = "release"
    DISARM = "disarm"
    CEASEFIRE = "ceasefire"
    ACCESS = "access"
    RESIGN = "resign"
    ASSIST = "assist"
    CHANGE = "change"
    YIELD = "yield"
    MEET = "meet"
    DISAPPROVE = "disapprove"
    INVESTIGATE = "investigate"
    ALLEGE = "allege"
    RESTRICT = "restrict"
    ARREST = "arrest"
    RELATIONS = "relations"
    EXPEL = "expel"
    TERRITORY = "territory"
    VIOLENCE = "violence"
    DEMO = "demo"
    RIOT = "riot"
    STRIKE = "strike"
    HUNGER = "hunger"
    BOYCOTT = "boycott"
    OBSTRUCT = "obstruct"
    VANDALIZE = "vandalize"
    CONVICT = "convict"
    DISCONTINUE = "discontinue"
    TROOPS = "troops"
    WEAPONS = "weapons"
    POLICE = "police"
    MILITIA = "militia"
    SEIZE = "seize"
    CENSOR = "censor"
    CURFEW = "curfew"
    MARTIAL_LAW = "martial-law"
    DEPORT = "deport"
    WITHHOLD = "withhold"
    MISINFORMATION = "misinformation"
    CYBER = "cyber"
    ABDUCT = "abduct"
    BEAT = "beat"
    TORTURE = "torture"
    SEXUAL = "sexual"
    TARGETED = "targeted"
    DESTROY = "destroy"
    PRIMITIVE = "primitive"
    FIREARMS = "firearms"
    EXPLOSIVES = "explosives"
    SUICIDE_ATTACK = "suicide-attack"
    AERIAL = "aerial"
    DRONE = "drone"
    HEAVY_WEAPONS = "heavy-weapons"
    CROWD_CONTROL = "crowd-control"
    UNCONVENTIONAL = "unconventional"


class PloverContext(StrEnum):
    """Codes of the list "PLOVER context"."""

    MILITARY = "military"
    INTELLIGENCE = "intelligence"
    EXECUTIVE = "executive"
    LEGISLATIVE = "legislative"
    ELECTION = "election"
    POLITICAL_INSTITUTIONS = "political_institutions"
    PRO_DEMOCRACY = "pro_democracy"
    PRO_AUTOCRACY = "pro_autocracy"
    ECONOMIC = "economic"
    LEGAL = "legal"
    REPARATIONS = "reparations"
    HUMAN_RIGHTS = "human_rights"
    RIGHTS_FREEDOMS = "rights_freedoms"
    REPRESSION = "repression"
    HUMAN_SECURITY = "human_security"
    GENDER = "gender"
    LGBT = "lgbt"
    RELIGION_ETHNICITY = "religion_ethnicity"
    INEQUALITY = "inequality"
    DIPLOMATIC = "diplomatic"
    TERRITORY = "territory"
    PEACEKEEPING = "peacekeeping"
    HEALTH = "health"
    ASYLUM = "asylum"
    MIGRATION = "migration"
    DISASTERS = "disasters"
    NATURAL_RESOURCE = "natural_resource"
    ENVIRONMENT = "environment"
    TECHNOLOGY = "technology"
    TERRORISM = "terrorism"
    CBRN = "cbrn"
    CYBER = "cyber"
    MISINFORMATION = "misinformation"
    CRIME = "crime"
    CORRUPTION = "corruption"
    ILLEGAL_DRUGS = "illegal_drugs"
    TRAFFICKING = "trafficking"


class Kind(StrEnum):
    """Codes of the list "kind"."""

    DOCUMENT = "document"
    EVENT = "event"
    AGREEMENT = "agreement"
    VISIT = "visit"
    PROJECT = "project"
    FIGURE = "figure"
    COOPERATION = "cooperation"
    ASSESSMENT = "assessment"
    COMMEMORATION = "commemoration"


class Status(StrEnum):
    """Codes of the list "status"."""

    OCCURRED = "occurred"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    DENIED = "denied"


class Stage(StrEnum):
    """Codes of the list "stage"."""

    PROPOSED = "proposed"
    PLANNED = "planned"
    NEGOTIATED = "negotiated"
    INITIALLED = "initialled"
    AGREED = "agreed"
    SIGNED = "signed"
    RATIFIED = "ratified"
    IN_FORCE = "in force"
    AMENDED = "amended"
    EXTENDED = "extended"
    RENEWED = "renewed"
    SUSPENDED = "suspended"
    SUPERSEDED = "superseded"
    TERMINATED = "terminated"
    EXPIRED = "expired"


class InstrumentType(StrEnum):
    """Codes of the list "instrument type"."""

    TREATY = "treaty"
    AGREEMENT = "agreement"
    MEMORANDUM = "memorandum"
    DECLARATION = "declaration"
    JOINT_STATEMENT = "joint statement"
    PROTOCOL = "protocol"
    CONTRACT = "contract"
    PROGRAMME = "programme"
    CEASEFIRE = "ceasefire"
    ALLIANCE = "alliance"
    OTHER = "other"


class PredecessorLink(StrEnum):
    """Codes of the list "predecessor link"."""

    BASED_ON = "based on"
    REPLACES = "replaces"
    RENEWS = "renews"
    AMENDS = "amends"


class Level(StrEnum):
    """Codes of the list "level"."""

    HEAD_OF_STATE = "head of state"
    HEAD_OF_GOVERNMENT = "head of government"
    MINISTER = "minister"
    OTHER = "other"


class ProjectType(StrEnum):
    """Codes of the list "project type"."""

    JOINT_VENTURE = "joint venture"
    PROGRAMME = "programme"
    INFRASTRUCTURE = "infrastructure"
    FUND = "fund"
    OTHER = "other"


class Measure(StrEnum):
    """Codes of the list "measure"."""

    TRADE = "trade"
    EXPORTS = "exports"
    IMPORTS = "imports"
    INVESTMENT = "investment"
    AID = "aid"
    LOAN = "loan"
    DEBT = "debt"
    ARMS = "arms"
    TARIFF = "tariff"
    OTHER = "other"


class Direction(StrEnum):
    """Codes of the list "direction"."""

    UP = "up"
    DOWN = "down"
    LEVEL = "level"


class Dimension(StrEnum):
    """Codes of the list "dimension"."""

    INFLUENCE = "influence"
    RELATIONS = "relations"
    DEPENDENCE = "dependence"
    ALIGNMENT = "alignment"
    RIVALRY = "rivalry"


class AssessmentDirection(StrEnum):
    """Codes of the list "assessment direction"."""

    UP = "up"
    DOWN = "down"
    LEVEL = "level"
    RESTORING = "restoring"
    COUNTERED = "countered"


class DateBasis(StrEnum):
    """Codes of the list "date basis"."""

    STATED = "stated"
    RELATIVE = "relative"
    ANNIVERSARY = "anniversary"
    ERA = "era"
    DOCUMENT = "document"
    JUDGEMENT = "judgement"


class Sector(StrEnum):
    """Codes of the list "sector"."""

    COP = "COP"
    GOV = "GOV"
    JUD = "JUD"
    LEG = "LEG"
    MIL = "MIL"
    PRM = "PRM"
    PTY = "PTY"
    REB = "REB"
    SPY = "SPY"
    UAF = "UAF"
    UNK = "UNK"
    AGR = "AGR"
    BUS = "BUS"
    CRM = "CRM"
    CVL = "CVL"
    EDU = "EDU"
    ELI = "ELI"
    JRN = "JRN"
    LAB = "LAB"
    MED = "MED"
    REF = "REF"
    OPP = "OPP"
    PRE = "PRE"
    REL = "REL"
    SOC = "SOC"
    IGO = "IGO"
