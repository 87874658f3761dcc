namespace Mempulse.Canon.Keys;

/// <summary>Whether missing key indexes may be written.</summary>
internal enum KeyIndexUse
{
    /// <summary>Nothing is written: another process owns the log.</summary>
    ReadOnly = 0,

    /// <summary>Missing and damaged index files are written.</summary>
    Persist = 1,
}
