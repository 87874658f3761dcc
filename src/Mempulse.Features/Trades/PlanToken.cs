using Mempulse.Features.Decoding;
using Mempulse.Features.Registry;
using Mempulse.Primitives;

namespace Mempulse.Features.Trades;

/// <summary>What a plan does with one token; null stands for all that the calldata does not name.</summary>
internal record struct PlanToken(Address? Token)
{
    /// <summary>Swaps give it.</summary>
    public bool IsGiven { get; private set; }

    /// <summary>Swaps receive it.</summary>
    public bool IsReceived { get; private set; }

    /// <summary>What swaps give of it.</summary>
    public AmountSum Given { get; private set; }

    /// <summary>What swaps receive of it.</summary>
    public AmountSum Received { get; private set; }

    /// <summary>What was paid to the router before.</summary>
    public AmountSum Funded { get; private set; }

    /// <summary>The least that payments at the end leave to their recipients.</summary>
    public UInt256 LeastPaid { get; private set; }

    /// <summary>What is paid of it to others.</summary>
    public UInt256 PaidAway { get; private set; }

    /// <summary>The share of it that is paid to others, in basis points.</summary>
    public UInt256 PortionBasisPoints { get; private set; }

    public void Give(in Amount amount)
    {
        IsGiven = true;
        Given = Given.Add(amount);
    }

    public void Receive(in Amount amount)
    {
        IsReceived = true;
        Received = Received.Add(amount);
    }

    public void Fund(in Amount amount) => Funded = Funded.Add(amount);

    public void Pay(in Amount amount)
    {
        if (amount.Meaning is AmountMeaning.Minimum or AmountMeaning.Exact)
        {
            var sum = UInt256.Add(LeastPaid, amount.Value, out bool wrapped);
            LeastPaid = wrapped ? UInt256.MaxValue : sum;
        }
    }

    /// <summary>Pays an account that is not the recipient. How much a balance is, is not known, so that nothing of the token is certain then.</summary>
    public void PayAway(in Amount amount)
    {
        var sum = UInt256.Add(PaidAway, amount.Value, out bool wrapped);
        PaidAway = wrapped || amount.Meaning != AmountMeaning.Exact ? UInt256.MaxValue : sum;
    }

    public void PayPortion(in Amount amount)
    {
        if (amount.Sentinel == AmountSentinels.BasisPoints)
        {
            var sum = UInt256.Add(PortionBasisPoints, amount.Value, out bool wrapped);
            PortionBasisPoints = wrapped ? UInt256.MaxValue : sum;
        }
    }
}
