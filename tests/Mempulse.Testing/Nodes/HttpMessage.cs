using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Mempulse.Testing.Nodes;

/// <summary>The HTTP that a <see cref="ScriptedNode"/> needs: requests with a Content-Length, answers, and the upgrade to a WebSocket.</summary>
internal static class HttpMessage
{
    /// <summary>Reads the header lines of a request; null at the end of the stream.</summary>
    public static async Task<IReadOnlyDictionary<string, string>?> ReadHeadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, cancellationToken) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string line in head.ToString().Split("\r\n").Skip(1).Where(static line => line.Contains(':', StringComparison.Ordinal)))
        {
            string[] parts = line.Split(':', 2);
            fields[parts[0].Trim()] = parts[1].Trim();
        }

        return fields;
    }

    /// <summary>Reads the body of a request.</summary>
    public static async Task<byte[]> ReadBodyAsync(NetworkStream stream, IReadOnlyDictionary<string, string> head, CancellationToken cancellationToken)
    {
        byte[] body = new byte[int.Parse(head["Content-Length"], CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, cancellationToken);
        return body;
    }

    /// <summary>Sends an answer.</summary>
    public static async Task WriteAsync(NetworkStream stream, int status, string? retryAfter, string body, CancellationToken cancellationToken)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        string retry = retryAfter is null ? string.Empty : $"Retry-After: {retryAfter}\r\n";
        string head = $"HTTP/1.1 {status} Scripted\r\nContent-Type: application/json\r\n{retry}Content-Length: {bytes.Length}\r\n\r\n";

        // One write: a second small one would wait for the acknowledgement of the first.
        await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. bytes], cancellationToken);
    }

    /// <summary>Accepts the upgrade to a WebSocket (RFC 6455, section 4.2.2).</summary>
    public static async Task UpgradeAsync(NetworkStream stream, string key, CancellationToken cancellationToken)
    {
        byte[] digest = CryptographicOperations.HashData(HashAlgorithmName.SHA1, Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"));
        string accept = Convert.ToBase64String(digest);
        string answer = $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), cancellationToken);
    }
}
