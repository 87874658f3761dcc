using Mempulse.Api.Serving;

namespace Mempulse.Api.Tests.Serving;

/// <summary>The bytes of responses: exact at the limit, and all back after each response, so that a service that was full serves again.</summary>
public sealed class ResponseBufferTests
{
    private const int Chunk = ResponseBuffer.ChunkBytes;

    [Fact]
    public void A_budget_gives_its_last_byte_and_no_more_filled_and_drained_twice()
    {
        var budget = new ByteBudget(10);

        for (int round = 0; round < 2; round++)
        {
            Assert.True(budget.HasLeft(10) && !budget.HasLeft(11));
            Assert.Equal((false, true, true, false), (budget.TryTake(11), budget.TryTake(4), budget.TryTake(6), budget.TryTake(1)));
            Assert.Equal(10, budget.TakenBytes); // a refused one takes nothing
            Assert.True(budget.HasLeft(0) && !budget.HasLeft(1));
            budget.Return(10);
            Assert.Equal(0, budget.TakenBytes);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Chunk - 1)]
    [InlineData(Chunk)]
    [InlineData(Chunk + 1)]
    [InlineData(3 * Chunk)]
    public void What_is_written_is_read_in_order_and_each_chunk_is_given_back_as_it_is_read(int length)
    {
        var budget = new ByteBudget(4 * Chunk);
        byte[] content = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 31 % 251))];

        for (int round = 0; round < 2; round++)
        {
            using var buffer = new ResponseBuffer(budget);
            foreach (byte[] part in content.Chunk(1_000))
            {
                buffer.Write(part, 0, part.Length);
            }

            Assert.Equal((length, (length + Chunk - 1) / Chunk * Chunk), (buffer.Length, budget.TakenBytes));
            var read = new List<byte>();
            while (buffer.Length > 0)
            {
                read.AddRange(buffer.First.ToArray());
                long before = budget.TakenBytes;
                buffer.ReturnFirst();
                Assert.Equal(before - Chunk, budget.TakenBytes);
            }

            Assert.Equal(content, read);
            Assert.Equal(0, budget.TakenBytes);
        }
    }

    [Fact]
    public void A_response_beyond_the_budget_fails_and_gives_back_all_that_it_took()
    {
        var budget = new ByteBudget(2 * Chunk);

        for (int round = 0; round < 2; round++)
        {
            using (var buffer = new ResponseBuffer(budget))
            {
                buffer.Write(new byte[2 * Chunk]);
                Assert.False(buffer.IsOverBudget);
                Assert.Throws<IOException>(() => buffer.Write([1]));
                Assert.True(buffer.IsOverBudget);
                Assert.Equal(2 * Chunk, budget.TakenBytes);
            }

            Assert.Equal(0, budget.TakenBytes);
        }
    }
}
