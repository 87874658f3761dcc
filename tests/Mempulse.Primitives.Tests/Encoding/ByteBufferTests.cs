using Mempulse.Primitives.Encoding;

namespace Mempulse.Primitives.Tests.Encoding;

/// <summary>The buffer grows, keeps its memory and refuses access outside its content.</summary>
public sealed class ByteBufferTests
{
    [Fact]
    public void Content_survives_growth()
    {
        var buffer = new ByteBuffer(1);

        for (int i = 0; i < 1000; i++)
        {
            buffer.Append([(byte)(i % 256)]);
        }

        Assert.Equal(1000, buffer.Length);
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (byte)(i % 256)), buffer.WrittenSpan.ToArray());
    }

    [Fact]
    public void A_cleared_buffer_allocates_nothing_when_filled_again()
    {
        var buffer = new ByteBuffer(1);
        buffer.Append(4096);
        buffer.Clear();

        long before = GC.GetAllocatedBytesForCurrentThread();
        buffer.Append(4096);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void The_writer_interface_writes_to_the_end()
    {
        var buffer = new ByteBuffer(4);
        buffer.Append([1, 2, 3]);

        buffer.GetSpan(8)[0] = 4;
        buffer.Advance(1);
        buffer.GetMemory().Span[0] = 5;
        buffer.Advance(1);

        Assert.Equal([1, 2, 3, 4, 5], buffer.WrittenSpan.ToArray());
    }

    [Fact]
    public void Access_outside_the_content_is_refused()
    {
        var buffer = new ByteBuffer(4);
        buffer.Append(2);

        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Truncate(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Truncate(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = buffer.Written(1, 2).Length);
    }
}
