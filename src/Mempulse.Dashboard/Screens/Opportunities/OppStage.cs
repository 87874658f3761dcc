namespace Mempulse.Dashboard.Screens.Opportunities;

/// <summary>How far an opportunity has come, in the order of the columns of the board.</summary>
internal enum OppStage
{
    /// <summary>A strategy found it.</summary>
    Detected,

    /// <summary>Its simulation is on record.</summary>
    Simulated,

    /// <summary>A bundle was made of it.</summary>
    Submitted,

    /// <summary>It is decided what became of it.</summary>
    Outcome,
}
