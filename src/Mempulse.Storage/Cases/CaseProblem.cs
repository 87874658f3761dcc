namespace Mempulse.Storage.Cases;

/// <summary>Why there is no case of an id.</summary>
public enum CaseProblem
{
    /// <summary>No record of the log has the id.</summary>
    Unknown = 0,

    /// <summary>A content that its records name is no longer stored.</summary>
    ContentMissing = 1,

    /// <summary>It is larger than a case file can be.</summary>
    TooLarge = 2,
}
