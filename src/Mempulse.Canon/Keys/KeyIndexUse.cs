namespace Mempulse.Canon.Keys;

/// <summary>Whether missing key indexes may be written.</summary>
internal enum KeyIndexUse
{
    /// <summary>Nothing is written: somebody else's log.</summary>
    ReadOnly = 0,

    /// <summary>Missing files are made.</summary>
    Persist = 1,
}
