using Mempulse.Primitives;
using Mempulse.Replay.Pool;

namespace Mempulse.Replay.Tests.Pool;

public sealed class StoredFeesTests
{
    [Fact]
    public void Fees_of_any_size_are_kept_exactly()
    {
        UInt256 largestStored = ulong.MaxValue;
        UInt256[] fees = [UInt256.Zero, UInt256.One, largestStored, largestStored + 1, UInt256.MaxValue];
        foreach (var fee in fees)
        {
            AssertKept(new TxFees(fee, 1, 2));
            AssertKept(new TxFees(1, fee, 2));
            AssertKept(new TxFees(1, 2, fee));
        }
    }

    private static void AssertKept(in TxFees fees) => Assert.Equal(fees, new StoredFees(fees).Value);
}
