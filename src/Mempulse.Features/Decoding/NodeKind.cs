namespace Mempulse.Features.Decoding;

/// <summary>What a node of a decode tree is.</summary>
public enum NodeKind
{
    /// <summary>A call of a contract.</summary>
    Call = 0,

    /// <summary>A command or an action of a router.</summary>
    Command,

    /// <summary>Ether is sent without calldata.</summary>
    Payment,

    /// <summary>A contract is created.</summary>
    Creation,
}
