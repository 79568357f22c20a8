namespace WhiteMagic.Binary.Tests.Fuzz;

/// <summary>What a line entitles its sender to.</summary>
internal enum Due
{
    /// <summary>Nothing may come: a blank line, a notification, a response.</summary>
    Silence,

    /// <summary>One answer with the id of the request.</summary>
    AnswerWithId,

    /// <summary>A parse error with id null.</summary>
    ParseError,

    /// <summary>At least one answer, whatever its id: the line is wrong in a way that may hide the id.</summary>
    AnyAnswer,

    /// <summary>Readers may differ about the line; only survival is asked.</summary>
    Either,
}
