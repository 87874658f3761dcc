namespace Mempulse.Primitives;

/// <summary>A gain or a loss in wei. Zero is a gain; the default is zero.</summary>
public readonly record struct WeiDelta
{
    private WeiDelta(Wei amount, bool isLoss)
    {
        Amount = amount;
        IsLoss = isLoss;
    }

    /// <summary>The absolute amount.</summary>
    public Wei Amount { get; }

    /// <summary>True for a loss.</summary>
    public bool IsLoss { get; }

    /// <summary>A gain, or zero.</summary>
    public static WeiDelta Gain(Wei amount) => new(amount, isLoss: false);

    /// <summary>A loss; a loss of zero is zero.</summary>
    public static WeiDelta Loss(Wei amount) => new(amount, isLoss: !amount.Value.IsZero);

    /// <summary>Decimal, with a minus sign for a loss.</summary>
    public override string ToString() => IsLoss ? $"-{Amount}" : Amount.ToString();
}
