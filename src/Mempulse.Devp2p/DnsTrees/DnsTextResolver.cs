using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Mempulse.Devp2p.DnsTrees;

/// <summary>Resolves TXT records at one DNS server: over UDP, then over TCP when the response is truncated.</summary>
/// <remarks>The server is not trusted: the tree's signature and hashes authenticate the content. Thread-safe.</remarks>
public sealed class DnsTextResolver(IPEndPoint server, TimeProvider time) : ITextResolver
{
    private const int Attempts = 3;
    private const int LengthBytes = sizeof(ushort);
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public async Task<string?> ResolveAsync(string name, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            byte[]? query = DnsTextMessage.EncodeQuery((ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1), name);
            if (query is null)
            {
                return null;
            }

            using var timeout = new CancellationTokenSource(AttemptTimeout, time);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            try
            {
                var (text, isTruncated) = await QueryOverUdpAsync(query, linked.Token).ConfigureAwait(false);
                return isTruncated ? await QueryOverTcpAsync(query, linked.Token).ConfigureAwait(false) : text;
            }
            catch (Exception failure) when (failure is SocketException or IOException or OperationCanceledException)
            {
                cancellationToken.ThrowIfCancellationRequested(); // otherwise the server is slow or unreachable: retry
            }
        }

        return null;
    }

    private async Task<(string? Text, bool IsTruncated)> QueryOverUdpAsync(byte[] query, CancellationToken cancellationToken)
    {
        using var socket = new UdpClient(server.AddressFamily);
        socket.Connect(server);
        await socket.SendAsync(query, cancellationToken).ConfigureAwait(false);
        while (true) // bounded by the attempt's timeout; unrelated datagrams are skipped
        {
            var datagram = await socket.ReceiveAsync(cancellationToken).ConfigureAwait(false);
            if (DnsTextMessage.TryReadAnswer(datagram.Buffer, query, out string? text, out bool isTruncated))
            {
                return (text, isTruncated);
            }
        }
    }

    private async Task<string?> QueryOverTcpAsync(byte[] query, CancellationToken cancellationToken)
    {
        using var client = new TcpClient(server.AddressFamily);
        await client.ConnectAsync(server, cancellationToken).ConfigureAwait(false);
        var stream = client.GetStream();
        byte[] framed = new byte[LengthBytes + query.Length];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)query.Length);
        query.CopyTo(framed.AsSpan(LengthBytes));
        await stream.WriteAsync(framed, cancellationToken).ConfigureAwait(false);
        byte[] length = new byte[LengthBytes];
        await stream.ReadExactlyAsync(length, cancellationToken).ConfigureAwait(false);
        byte[] answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        await stream.ReadExactlyAsync(answer, cancellationToken).ConfigureAwait(false);
        return DnsTextMessage.TryReadAnswer(answer, query, out string? text, out _) ? text : null;
    }
}
