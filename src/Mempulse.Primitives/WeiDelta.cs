namespace Mempulse.Primitives;

/// <summary>A gain or a loss in wei. Zero is a gain; the default is zero.</summary>
public readonly record struct WeiDelta
{
    private WeiDelta(Wei amount, bool isLoss)
    {
        Amount = amount;
        IsLoss = isLoss;
    }

    /// <summary>How much, whichever way.</summary>
    public Wei Amount { get; }

    /// <summary>True below zero.</summary>
    public bool IsLoss { get; }

    /// <summary>Above or at zero.</summary>
    public static WeiDelta Gain(Wei amount) => new(amount, isLoss: false);

    /// <summary>Below zero; a loss of nothing is zero.</summary>
    public static WeiDelta Loss(Wei amount) => new(amount, isLoss: !amount.Value.IsZero);

    /// <summary>Decimal, with a minus sign for a loss.</summary>
    public override string ToString() => IsLoss ? $"-{Amount}" : Amount.ToString();
}
