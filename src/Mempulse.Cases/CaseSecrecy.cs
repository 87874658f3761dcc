namespace Mempulse.Cases;

/// <summary>Who may read a case.</summary>
public enum CaseSecrecy
{
    /// <summary>Anyone: it has no signed transaction that is not public and can still be executed.</summary>
    Public = 0,

    /// <summary>The operator alone: it has everything.</summary>
    Private = 1,
}
