using System.Buffers.Text;
using System.Net.Http.Headers;
using Mempulse.Primitives;

namespace Mempulse.Benchmarks.Node;

/// <summary>One reader of GET /stream, which takes server-sent events as they come and counts positions: those it has, those it was told it missed, and those missing without a word.</summary>
internal sealed class StreamReading(HttpClient client)
{
    private const int BufferBytes = 64 << 10;

    private byte[] _text = new byte[BufferBytes];
    private int _length;
    private ulong _last;

    /// <summary>Events received.</summary>
    public long Events { get; private set; }

    /// <summary>Positions that an item named as passed over.</summary>
    public long Coalesced { get; private set; }

    /// <summary>Positions that are missing without a word.</summary>
    public long Lost { get; private set; }

    /// <summary>Reads until it is cancelled.</summary>
    /// <exception cref="HttpRequestException">The stream was refused or reset.</exception>
    public async Task RunAsync(TaskCompletionSource hasBegun, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/stream", UriKind.Relative));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            hasBegun.TrySetResult();
            while (await body.ReadAsync(_text.AsMemory(_length), cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                _length += read;
                TakeItems();
            }
        }
    }

    private void TakeItems()
    {
        var text = _text.AsSpan(0, _length);
        while (text.IndexOf("\n\n"u8) is >= 0 and var end)
        {
            Take(text[..end]);
            text = text[(end + 2)..];
        }

        if (text.Length == _text.Length)
        {
            Array.Resize(ref _text, 2 * _text.Length);
            return;
        }

        text.CopyTo(_text);
        _length = text.Length;
    }

    /// <summary>Takes "id: N", "event: NAME" and data; the first item has "retry: N" before it.</summary>
    private void Take(ReadOnlySpan<byte> item)
    {
        item = item[(item.IndexOf("id: "u8) + 4)..];
        Invariant.That(Utf8Parser.TryParse(item, out ulong seq, out int digits), "bench", "an item has a position");
        var name = item[(digits + "\nevent: ".Length)..];
        if (name.StartsWith("hello\n"u8) || name.StartsWith("position\n"u8))
        {
            _last = seq;
        }
        else if (name.StartsWith("coalesced\n"u8))
        {
            (Coalesced, _last) = (Coalesced + (long)(seq - _last), seq);
        }
        else
        {
            (Events, Lost, _last) = (Events + 1, Lost + (long)(seq - _last - 1), seq);
        }
    }
}
