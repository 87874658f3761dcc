using CsCheck;
using Mempulse.Net.Blocks;
using Mempulse.Primitives;

namespace Mempulse.Net.Tests.Blocks;

public sealed class ChainWindowTests
{
    [Fact]
    public void A_block_that_is_not_a_child_of_the_head_is_a_bug()
    {
        var window = new ChainWindow(8);
        window.Push(BlockAt(1, 1, 0));

        Assert.Throws<InvariantBrokenException>(() => window.Push(BlockAt(2, 2, 9)));
    }

    [Fact]
    public void Only_a_block_in_the_window_can_be_the_ancestor()
    {
        var window = new ChainWindow(8);
        window.Push(BlockAt(1, 1, 0));

        Assert.Throws<InvariantBrokenException>(() => window.CutAbove(BlockAt(0, 7, 6)));
    }

    [Fact]
    public void Any_history_keeps_the_last_blocks_of_one_chain() => Gen.Int[0, 5].Array[0, 60].Sample(steps =>
    {
        const int capacity = 8;
        var window = new ChainWindow(capacity);
        var chain = new List<SeenBlock>();
        byte next = 1;
        foreach (int step in steps)
        {
            if (step == 0 && chain.Count > 2)
            {
                chain.RemoveRange(chain.Count - 2, 2);
                window.CutAbove(chain[^1]);
            }
            else
            {
                var parent = chain.Count > 0 ? chain[^1] : default;
                chain.Add(BlockAt((byte)chain.Count, next++, parent.Hash));
                window.Push(chain[^1]);
                chain.RemoveRange(0, Math.Max(0, chain.Count - capacity));
            }

            Assert.Equal(chain.Count > 0 ? chain[^1] : null, window.Tip);
            Assert.Equal(chain.Count > 0 ? chain[0] : null, window.Lowest);
            Assert.All(chain, block => Assert.True(window.TryFind(block.Hash, out _)));
        }
    });

    private static SeenBlock BlockAt(byte number, byte hash, byte parent) => BlockAt(number, hash, HashOf(parent));

    private static SeenBlock BlockAt(byte number, byte hash, Hash256 parent) => new(new BlockNumber(number), HashOf(hash), parent);

    private static Hash256 HashOf(byte value) => new([.. new byte[31], value]);
}
