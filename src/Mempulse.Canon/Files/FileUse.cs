namespace Mempulse.Canon.Files;

/// <summary>What a file is opened for.</summary>
public enum FileUse
{
    /// <summary>Reading only.</summary>
    Read = 0,

    /// <summary>Reading, and writing in place.</summary>
    Write = 1,
}
