using System.Runtime.CompilerServices;

namespace Mempulse.Replay.Pool;

/// <summary>Fees in a third of their memory. Fees above 64 bits, which is 18 ether per gas, are kept apart.</summary>
internal readonly struct StoredFees
{
    private const int StoredBits = 64;

    private readonly ulong _maxFee;
    private readonly ulong _maxPriorityFee;
    private readonly ulong _maxBlobFee;
    private readonly StrongBox<TxFees>? _large;

    public StoredFees(in TxFees fees)
    {
        if (Math.Max(Math.Max(fees.MaxFee.BitLength, fees.MaxPriorityFee.BitLength), fees.MaxBlobFee.BitLength) > StoredBits)
        {
            _large = new StrongBox<TxFees>(fees);
            return;
        }

        _maxFee = fees.MaxFee.LowUInt64;
        _maxPriorityFee = fees.MaxPriorityFee.LowUInt64;
        _maxBlobFee = fees.MaxBlobFee.LowUInt64;
    }

    public TxFees Value => _large?.Value ?? new TxFees(_maxFee, _maxPriorityFee, _maxBlobFee);
}
