using Mempulse.Primitives;

namespace Mempulse.Dashboard.Screens.Opportunities;

/// <summary>An opportunity as a card of the board and a row of the table.</summary>
internal sealed record OppRow
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What it is about.</summary>
    public required OppTitle Title { get; init; }

    /// <summary>The strategy, without its version.</summary>
    public required string Strategy { get; init; }

    /// <summary>The pending transaction.</summary>
    public required string Trigger { get; init; }

    /// <summary>The score by which it ranks.</summary>
    public required long Score { get; init; }

    /// <summary>How far it has come.</summary>
    public required OppStage Stage { get; init; }

    /// <summary>Which stages it went through: an opportunity may end before the next one.</summary>
    public required IReadOnlyList<bool> Stages { get; init; }

    /// <summary>What the last stage gave.</summary>
    public required OppResult Result { get; init; }

    /// <summary>What it gains, with its unit; a bound before the simulation.</summary>
    public required string Profit { get; init; }

    /// <summary>The profit in wei for sorting; the bound before the simulation.</summary>
    public required UInt256 Value { get; init; }

    /// <summary>When it was detected.</summary>
    public required UnixNanoseconds At { get; init; }

    /// <summary>The relays that a request was made for.</summary>
    public required IReadOnlyList<string> Relays { get; init; }

    /// <summary>The height that its outcome is ordered by.</summary>
    public required ulong Block { get; init; }

    /// <summary>True while everything about it is a dry run or no bundle was made.</summary>
    public required bool IsDry { get; init; }
}
