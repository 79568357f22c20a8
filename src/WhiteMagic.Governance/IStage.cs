namespace WhiteMagic.Governance;

/// <summary>One step on the way of every deed. A stage that throws refuses whatever would change something.</summary>
public interface IStage
{
    /// <summary>Its name, for refusals and the log.</summary>
    string Name { get; }

    /// <summary>Whether it looks at what a deed says, and so has to look at each part of it, such as one memory of an import.</summary>
    bool JudgesContent => false;

    /// <summary>Looks at a deed and says in the hearing what it found. It is not asked once another stage has refused.</summary>
    void Hear(Hearing hearing);
}

/// <summary>Somebody who is told how every deed ended, refused ones too.</summary>
public interface IWitness
{
    /// <summary>Its name, for the log.</summary>
    string Name { get; }

    /// <summary>Takes note of the end of a deed. What it throws is reported and changes nothing: the deed is done.</summary>
    void Note(Deed deed, Ruling? ruling, in DeedEnd end);
}

/// <summary>How a deed ended.</summary>
/// <param name="Outcome"><c>ok</c> or an error code.</param>
/// <param name="DurationUs">From the beginning of the call, in microseconds.</param>
/// <param name="Changed">Memory rows that the storage counted as changed.</param>
public readonly record struct DeedEnd(string Outcome, long DurationUs, long Changed);
