namespace Mempulse.Dashboard.Screens.Blocks;

/// <summary>A transaction, or a part of one, in a row of a gas grid.</summary>
/// <param name="Row">The transaction.</param>
/// <param name="Width">How wide it is, in hundredths of a percent of a row.</param>
/// <param name="IsFirst">False for the rest of one that began in the row before.</param>
internal sealed record GasCell(AuditRow Row, long Width, bool IsFirst)
{
    /// <summary>The width from which the sign of its class fits in.</summary>
    private const long GlyphFrom = 250;

    /// <summary>True if the sign of its class fits in.</summary>
    public bool HasGlyph => IsFirst && Width >= GlyphFrom;
}
