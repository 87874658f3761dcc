using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Mempulse.Api.Streaming;

/// <summary>Writes items as server-sent events (WHATWG HTML, section 9.2): the id is the position after which a reader resumes.</summary>
/// <param name="body">The body of the response.</param>
/// <param name="cut">Ends a send that is under way; the server resets the connection then.</param>
internal sealed class EventSourceSink(PipeWriter body, CancellationToken cut) : IStreamSink
{
    /// <summary>How long a browser waits before it connects again.</summary>
    private const int RetryMilliseconds = 2_000;

    private bool _hasBegun;

    /// <inheritdoc/>
    public void Write(StreamItem item)
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            Write($"retry: {RetryMilliseconds}\n");
        }

        Write($"id: {item.Seq.Value}\nevent: {item.Name}\ndata: ");
        body.Write(item.Json.Span);
        body.Write("\n\n"u8);
    }

    /// <inheritdoc/>
    public async Task FlushAsync()
    {
        if ((await body.FlushAsync(cut).ConfigureAwait(false)).IsCompleted)
        {
            throw new OperationCanceledException("The reader left.");
        }
    }

    private void Write(string text) => Encoding.ASCII.GetBytes(text, body);
}
