using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Mempulse.Client.Events;
using Mempulse.Client.Problems;
using Mempulse.Client.Serialization;
using Mempulse.Client.Streaming;

namespace Mempulse.Client;

// The log: page by page, and as it grows.
public sealed partial class MempulseClient
{
    private const int MaxPageEvents = 1_000;

    /// <summary>GET /events: one page of the log.</summary>
    /// <param name="after">The position before the first event; 0 for the beginning.</param>
    /// <param name="types">The types of events; empty for all.</param>
    /// <param name="limit">The maximum number of events, from 1 to 1,000.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public Task<EventPageBody> ListEventsAsync(ulong after, IReadOnlyList<string> types, int limit, CancellationToken cancellationToken) =>
        GetAsync(Of("events").With("after", (ulong?)after).With("types", types).With("limit", (int?)limit), ClientJson.Default.EventPageBody, cancellationToken);

    /// <summary>GET /events, page after page, up to the end that the log has when it is reached.</summary>
    /// <param name="after">The position before the first event; 0 for the beginning.</param>
    /// <param name="types">The types of events; empty for all.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    public async IAsyncEnumerable<EventBody> ReadEventsAsync(ulong after, IReadOnlyList<string> types, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (bool isAtEnd = false; !isAtEnd;)
        {
            var page = await ListEventsAsync(after, types, MaxPageEvents, cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Events)
            {
                yield return item;
            }

            (after, isAtEnd) = (page.Next, page.AtEnd);
        }
    }

    /// <summary>GET /events/{seq}: one event.</summary>
    public Task<EventBody> FindEventAsync(ulong seq, CancellationToken cancellationToken) =>
        GetAsync(Of(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"events/{seq}")), ClientJson.Default.EventBody, cancellationToken);

    /// <summary>GET /stream: events as they become durable, each once and in order, also across broken connections.</summary>
    /// <remarks>
    /// A connection that breaks after it has begun is opened again after the time that the node names, from the last position received, for as long as it takes. A stream
    /// that does not follow ends at the end of the log. An answer that no retry changes, and a node that cannot be reached at first, is an exception.
    /// </remarks>
    /// <param name="query">Which events, and from where.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public async IAsyncEnumerable<StreamMessage> StreamAsync(StreamQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursor = new StreamCursor(query);
        while (!cursor.IsAtEnd)
        {
            using var answer = await OpenAsync(cursor, cancellationToken).ConfigureAwait(false);
            if (answer is not null)
            {
                var body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
                await using (body.ConfigureAwait(false))
                {
                    var parser = SseParser.Create(body, StreamMessage.Parse);
                    await using var items = parser.EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
                    while (await MovesAsync(items, cursor).ConfigureAwait(false))
                    {
                        cursor.Take(parser.LastEventId, items.Current.Data);
                        yield return items.Current.Data;
                    }

                    cursor.Patience = parser.ReconnectionInterval > TimeSpan.Zero ? parser.ReconnectionInterval : cursor.Patience;
                }
            }

            if (!cursor.IsAtEnd)
            {
                await Task.Delay(cursor.Patience, _access.Time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Reads the next item; false at the end of the connection, which is the end of the stream if it was not to follow and did not break.</summary>
    private static async ValueTask<bool> MovesAsync(IAsyncEnumerator<SseItem<StreamMessage>> items, StreamCursor cursor)
    {
        try
        {
            bool moves = await items.MoveNextAsync().ConfigureAwait(false);
            cursor.End(isWhole: !moves);
            return moves;
        }
        catch (IOException)
        {
            return false; // broken: it is opened again
        }
        catch (JsonException unreadable)
        {
            throw new ProblemException(null, HttpStatusCode.OK, unreadable);
        }
    }

    /// <summary>Opens the stream where the cursor is; null if the node cannot be reached now and was before.</summary>
    private async Task<HttpResponseMessage?> OpenAsync(StreamCursor cursor, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, cursor.AddTo(Of("stream")).ToUri());
        if (cursor.Last is { } last)
        {
            request.Headers.Add("Last-Event-ID", last);
        }

        HttpResponseMessage answer;
        try
        {
            answer = await SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException) when (cursor.Last is not null)
        {
            return null;
        }

        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        using (answer)
        {
            return answer.StatusCode == HttpStatusCode.ServiceUnavailable && cursor.Last is not null ? null
                : throw await ProblemOfAsync(answer, cancellationToken).ConfigureAwait(false);
        }
    }
}
