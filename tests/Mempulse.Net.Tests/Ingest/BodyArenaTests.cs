using CsCheck;
using Mempulse.Net.Ingest;
using Mempulse.Primitives;

namespace Mempulse.Net.Tests.Ingest;

/// <summary>The ring of bodies against a model: exact fits, wraps, and reuse many times over.</summary>
public sealed class BodyArenaTests
{
    private const int Capacity = 64;

    [Fact]
    public void A_body_of_exactly_the_capacity_fits_again_and_again()
    {
        var arena = new BodyArena(Capacity);
        for (int round = 0; round < 3; round++)
        {
            Assert.True(arena.TryAdd(BodyOf(round, Capacity), out int offset, out int reserved));
            Assert.False(arena.TryAdd([1], out _, out _));
            Assert.Equal(BodyOf(round, Capacity), arena.Read(offset, Capacity).ToArray());
            arena.Free(reserved);
        }

        Assert.False(arena.TryAdd(new byte[Capacity + 1], out _, out _));
    }

    [Theory]
    [InlineData(24, true)] // exactly what is left at the end
    [InlineData(25, false)] // the end is skipped, and the start is too short
    public void The_end_of_the_ring_is_used_to_the_last_byte(int last, bool fits)
    {
        var arena = new BodyArena(Capacity);
        Assert.True(arena.TryAdd(BodyOf(1, 20), out _, out int first));
        Assert.True(arena.TryAdd(BodyOf(2, 20), out _, out _));
        arena.Free(first);

        Assert.Equal(fits, arena.TryAdd(BodyOf(3, last), out _, out _));
    }

    [Fact]
    public void A_skipped_end_is_reserved_and_given_back_with_the_body_behind_it()
    {
        var arena = new BodyArena(Capacity);
        for (int round = 0; round < 5; round++)
        {
            Assert.True(arena.TryAdd(BodyOf(1, 40), out _, out int first));
            Assert.True(arena.TryAdd(BodyOf(2, 10), out int kept, out int second));
            arena.Free(first);
            Assert.True(arena.TryAdd(BodyOf(3, 30), out int wrapped, out int third)); // 14 bytes are left at the end
            Assert.Equal((0, 44), (wrapped, third));
            Assert.Equal(BodyOf(2, 10), arena.Read(kept, 10).ToArray());
            Assert.Equal(BodyOf(3, 30), arena.Read(wrapped, 30).ToArray());
            arena.Free(second);
            arena.Free(third);
        }
    }

    [Fact]
    public void More_than_was_taken_is_never_given_back()
    {
        var arena = new BodyArena(Capacity);
        Assert.True(arena.TryAdd([1, 2], out _, out int reserved));

        Assert.Throws<InvariantBrokenException>(() => arena.Free(reserved + 1));
    }

    [Fact]
    public void Any_history_keeps_every_body_intact_and_an_empty_ring_takes_anything_up_to_its_capacity() =>
        Gen.Select(Gen.Int[1, Capacity], Gen.Bool).Array[1, 200].Sample(steps =>
        {
            var arena = new BodyArena(Capacity);
            var held = new Queue<(int Id, int Offset, int Length, int Reserved)>();
            int id = 0;
            foreach (var (length, isAdded) in steps)
            {
                if (isAdded && arena.TryAdd(BodyOf(++id, length), out int offset, out int reserved))
                {
                    held.Enqueue((id, offset, length, reserved));
                }
                else if (isAdded)
                {
                    Assert.NotEmpty(held);
                }
                else if (held.TryDequeue(out var oldest))
                {
                    arena.Free(oldest.Reserved);
                }

                Assert.All(held, body => Assert.Equal(BodyOf(body.Id, body.Length), arena.Read(body.Offset, body.Length).ToArray()));
            }
        });

    private static byte[] BodyOf(int id, int length) => [.. Enumerable.Range(0, length).Select(i => (byte)((id * 31) + i & 0xff))];
}
