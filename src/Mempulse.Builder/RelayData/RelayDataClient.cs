using Mempulse.Builder.Sending;

namespace Mempulse.Builder.RelayData;

/// <summary>Asks several relays the same question at once. Safe for any thread.</summary>
/// <remarks>Relays are asked for their own view: they disagree, and some lie. What follows from several answers is decided where they are recorded.</remarks>
/// <param name="relays">The relays, at most <see cref="MaxRelays"/>.</param>
/// <param name="http">The connections; not disposed of here.</param>
/// <param name="time">The clock.</param>
/// <param name="patience">How long an answer may take.</param>
public sealed class RelayDataClient(IReadOnlyList<RelayDataSource> relays, RelayHttp http, TimeProvider time, TimeSpan patience)
{
    /// <summary>Most relays of a client, inclusive.</summary>
    public const int MaxRelays = 64;

    private const int SuccessStatus = 200;

    private readonly IReadOnlyList<RelayDataSource> _relays = relays.Count <= MaxRelays
        ? relays
        : throw new ArgumentException($"{relays.Count} relays are too many: expected at most {MaxRelays}.", nameof(relays));

    /// <summary>Asks every relay once.</summary>
    /// <returns>An answer for each relay, in the order in which the client was given them.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<IReadOnlyList<RelayDataAnswer>> AskAsync(RelayDataQuery query, CancellationToken cancellationToken) =>
        await Task.WhenAll(_relays.Select(relay => AskAsync(relay, query, cancellationToken))).ConfigureAwait(false);

    private async Task<RelayDataAnswer> AskAsync(RelayDataSource relay, RelayDataQuery query, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(relay.Url, query.Path()));
            using var response = await http.SendAsync(request, either.Token).ConfigureAwait(false);
            if ((int)response.StatusCode != SuccessStatus)
            {
                return RelayDataReader.Refuse(relay.Name, RelayDataFault.NoAnswer, $"The relay answered HTTP {(int)response.StatusCode}.");
            }

            var (body, isCut) = await BoundedBody.ReadAsync(response.Content, RelayDataReader.MaxBytes, either.Token).ConfigureAwait(false);
            return isCut
                ? RelayDataReader.Refuse(relay.Name, RelayDataFault.TooLong, $"The answer has more than {RelayDataReader.MaxBytes} bytes.")
                : RelayDataReader.Read(body, query, relay.Name);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return RelayDataReader.Refuse(relay.Name, RelayDataFault.NoAnswer, $"The relay did not answer in time.");
        }
        catch (HttpRequestException failure)
        {
            return RelayDataReader.Refuse(relay.Name, RelayDataFault.NoAnswer, $"{TransportFaults.Classify(failure).Message}");
        }
        catch (IOException)
        {
            return RelayDataReader.Refuse(relay.Name, RelayDataFault.NoAnswer, $"The connection broke within the answer.");
        }
    }
}
