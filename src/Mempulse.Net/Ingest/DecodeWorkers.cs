using Mempulse.Net.Decoding;

namespace Mempulse.Net.Ingest;

/// <summary>The decoding threads of one lane.</summary>
internal sealed class DecodeWorkers(PipelineContext context, IngestQueue queue, ChunkOrder order, Func<TransactionBodyDecoder> newDecoder)
{
    /// <summary>Starts the threads. The task completes when the queue is closed and empty, and faults with the first thread that fails.</summary>
    public Task Run()
    {
        var workers = new Task[context.Options.DecodeWorkers];
        for (int i = 0; i < workers.Length; i++)
        {
            var decoder = new ChunkDecoder(context, newDecoder());
            workers[i] = Task.Factory.StartNew(
                () => RunOne(decoder), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        return Task.WhenAll(workers);
    }

    private void RunOne(ChunkDecoder decoder)
    {
        try
        {
            while (order.Rent() is { } chunk)
            {
                if (!queue.Take(chunk))
                {
                    order.Return(chunk);
                    return;
                }

                decoder.Decode(chunk);
                order.Finish(chunk);
            }
        }
        catch
        {
            // This chunk is lost, so nothing after it may be recorded: let the other workers drain the queue.
            queue.Close();
            order.Break();
            throw;
        }
    }
}
