using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Mempulse.Devp2p.DnsTrees;

/// <summary>Asks one DNS server for TXT records: over UDP, and over TCP where an answer does not fit.</summary>
/// <remarks>What it says is believed no further than the tree's signature and hashes reach. Safe for any number of threads.</remarks>
public sealed class DnsTextResolver(IPEndPoint server, TimeProvider time) : ITextResolver
{
    private const int Attempts = 3;
    private const int LengthBytes = sizeof(ushort);
    private static readonly TimeSpan PatienceEach = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public async Task<string?> ResolveAsync(string name, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            byte[]? question = DnsTextMessage.Ask((ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1), name);
            if (question is null)
            {
                return null;
            }

            using var patience = new CancellationTokenSource(PatienceEach, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            try
            {
                var (text, isCut) = await AskOverUdpAsync(question, either.Token).ConfigureAwait(false);
                return isCut ? await AskOverTcpAsync(question, either.Token).ConfigureAwait(false) : text;
            }
            catch (Exception failure) when (failure is SocketException or IOException or OperationCanceledException)
            {
                cancellationToken.ThrowIfCancellationRequested(); // else the server is late or away: once more
            }
        }

        return null;
    }

    private async Task<(string? Text, bool IsCut)> AskOverUdpAsync(byte[] question, CancellationToken cancellationToken)
    {
        using var socket = new UdpClient(server.AddressFamily);
        socket.Connect(server);
        await socket.SendAsync(question, cancellationToken).ConfigureAwait(false);
        while (true) // bounded by the patience: datagrams that are no answer to the question are passed over
        {
            var datagram = await socket.ReceiveAsync(cancellationToken).ConfigureAwait(false);
            if (DnsTextMessage.TryReadAnswer(datagram.Buffer, question, out string? text, out bool isCut))
            {
                return (text, isCut);
            }
        }
    }

    private async Task<string?> AskOverTcpAsync(byte[] question, CancellationToken cancellationToken)
    {
        using var client = new TcpClient(server.AddressFamily);
        await client.ConnectAsync(server, cancellationToken).ConfigureAwait(false);
        var stream = client.GetStream();
        byte[] framed = new byte[LengthBytes + question.Length];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)question.Length);
        question.CopyTo(framed.AsSpan(LengthBytes));
        await stream.WriteAsync(framed, cancellationToken).ConfigureAwait(false);
        byte[] length = new byte[LengthBytes];
        await stream.ReadExactlyAsync(length, cancellationToken).ConfigureAwait(false);
        byte[] answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        await stream.ReadExactlyAsync(answer, cancellationToken).ConfigureAwait(false);
        return DnsTextMessage.TryReadAnswer(answer, question, out string? text, out _) ? text : null;
    }
}
