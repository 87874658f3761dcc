using Mempulse.Ethereum.Rlp;
using Mempulse.Ethereum.Tries;
using Mempulse.Primitives.Encoding;
using Mempulse.Testing.Tries;

namespace Mempulse.Ethereum.Tests.Tries;

/// <summary>The root of a list against a trie that is built in another way, at the counts where the keys change their form.</summary>
public sealed class OrderedTrieTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    public void The_root_is_that_of_the_items_at_their_encoded_indexes(int count)
    {
        byte[][] items = [.. Enumerable.Range(0, count).Select(index => Enumerable.Repeat((byte)((index % 255) + 1), 1 + (index % 50)).ToArray())];

        var expected = new ProvingTrie(Enumerable.Range(0, count).ToDictionary(Key, index => items[index])).Root;

        Assert.Equal(expected, OrderedTrie.RootOf([.. items.Select(item => (ReadOnlyMemory<byte>)item)]));
    }

    [Fact]
    public void The_order_of_the_items_matters() => Assert.NotEqual(
        OrderedTrie.RootOf([new byte[] { 1 }, new byte[] { 2 }]),
        OrderedTrie.RootOf([new byte[] { 2 }, new byte[] { 1 }]));

    private static string Key(int index)
    {
        var buffer = new ByteBuffer();
        new RlpWriter(buffer).Write((ulong)index);
        return Convert.ToHexStringLower(buffer.WrittenSpan);
    }
}
