namespace Mempulse.Canon.Files;

/// <summary>What a file is opened for.</summary>
public enum FileUse
{
    /// <summary>To read only.</summary>
    Read = 0,

    /// <summary>To read and to write in place.</summary>
    Write = 1,
}
