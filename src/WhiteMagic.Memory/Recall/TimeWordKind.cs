namespace WhiteMagic.Memory.Recall;

/// <summary>What a word or sign means to whoever looks for times. The letters are those of <see cref="TimeLexicon"/>.</summary>
internal enum TimeWordKind : byte
{
    None,

    /// <summary>A month, 1 to 12.</summary>
    Month = (byte)'m',

    /// <summary>A month that is an ordinary word too, unless it begins with a capital.</summary>
    CapitalMonth = (byte)'n',

    /// <summary>A month, or its abbreviation, that is an ordinary word or a name too.</summary>
    WeakMonth = (byte)'k',

    /// <summary>A day of the week, 0 for Monday.</summary>
    Weekday = (byte)'w',

    /// <summary>An abbreviation of one, which is an ordinary word too.</summary>
    WeakWeekday = (byte)'W',

    /// <summary>A unit of time, see <see cref="TimeUnit"/>.</summary>
    Unit = (byte)'u',

    /// <summary>A season; the value is its first month.</summary>
    Season = (byte)'s',

    /// <summary>A day by its distance from today, plus 5.</summary>
    DayName = (byte)'r',

    /// <summary>A part of a day, such as its morning; the value 2 for one that is tomorrow too.</summary>
    PartOfDay = (byte)'e',

    /// <summary>A number: the least and, for few or a couple, the most.</summary>
    Count = (byte)'c',

    /// <summary>The previous one.</summary>
    Last = (byte)'l',

    /// <summary>The present one.</summary>
    This = (byte)'t',

    /// <summary>The coming one.</summary>
    Next = (byte)'x',

    /// <summary>What has gone until now.</summary>
    Past = (byte)'p',

    /// <summary>Follows a count of units and says that they lie back.</summary>
    Ago = (byte)'a',

    /// <summary>The same, before the count.</summary>
    AgoFirst = (byte)'h',

    /// <summary>Before a date, or <see cref="AgoFirst"/>: German "vor".</summary>
    BeforeOrAgo = (byte)'v',

    Before = (byte)'b',

    After = (byte)'f',

    /// <summary>Begins a range: from; with the value 1 between, whose ends an and joins.</summary>
    From = (byte)'F',

    /// <summary>Joins the ends of a range.</summary>
    To = (byte)'o',

    And = (byte)'d',

    /// <summary>Of, and the articles: they stand between the parts of a date.</summary>
    Of = (byte)'g',

    /// <summary>In, during, early and the like, after which a number can be a year.</summary>
    In = (byte)'i',

    /// <summary>On, which a day of the week follows.</summary>
    On = (byte)'O',

    Since = (byte)'S',

    /// <summary>The time or the date itself, of which a question can ask.</summary>
    Time = (byte)'q',

    /// <summary>Version and the like: what follows is no date.</summary>
    Version = (byte)'V',

    /// <summary>When; the value 1 for one that asks wherever it stands.</summary>
    When = (byte)'Q',

    /// <summary>Any other word that asks; 1 for what or which, 2 for how, 3 for who, where and why, 0 for did, can and the like.</summary>
    Asks = (byte)'A',

    /// <summary>Long, as in how long.</summary>
    Long = (byte)'L',

    /// <summary>A word after which when asks, though did or can asked before.</summary>
    Knows = (byte)'K',

    /// <summary>Exact and the like, between which and day.</summary>
    Exact = (byte)'E',

    /// <summary>A number in digits.</summary>
    Number = 1,

    /// <summary>A date in digits: its day, and that of its other reading.</summary>
    Date = 2,

    /// <summary>A year and a month in digits, as months since the year 0.</summary>
    YearMonth = 3,

    /// <summary>Two numbers, day and month, without a year.</summary>
    DayMonth = 4,

    Comma = 5,

    Dot = 6,

    Dash = 7,

    /// <summary>What ends a sentence, or a clause.</summary>
    Stop = 8,
}
