using System.Buffers;
using MessagePack;

namespace Mempulse.Benchmarks.Dashboards;

/// <summary>Messages of a Blazor circuit: SignalR's hub protocol in MessagePack, each with its length before it.</summary>
internal static class HubMessages
{
    private const int Invocation = 1;
    private const int Ping = 6;
    private const int LengthBits = 7;

    /// <summary>A call.</summary>
    /// <param name="id">What its answer is recognised by; null for a call without an answer.</param>
    /// <param name="target">The method.</param>
    /// <param name="arguments">Texts, numbers, truth values or null.</param>
    public static byte[] Call(string? id, string target, params object?[] arguments)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(6);
        writer.Write(Invocation);
        writer.WriteMapHeader(0);
        writer.Write(id);
        writer.Write(target);
        writer.WriteArrayHeader(arguments.Length);
        foreach (object? argument in arguments)
        {
            Write(ref writer, argument);
        }

        writer.WriteArrayHeader(0);
        writer.Flush();
        return Framed(buffer.WrittenSpan);
    }

    /// <summary>Says that the connection is alive.</summary>
    public static byte[] Alive { get; } = Framed([0x91, Ping]);

    /// <summary>Takes the first message of the bytes received; false if it is not complete.</summary>
    public static bool TryTake(ref ReadOnlySequence<byte> received, out ReadOnlySequence<byte> message)
    {
        var reader = new SequenceReader<byte>(received);
        int length = 0;
        for (int shift = 0; reader.TryRead(out byte part); shift += LengthBits)
        {
            length |= (part & 0x7F) << shift;
            if ((part & 0x80) == 0)
            {
                if (reader.Remaining < length)
                {
                    break;
                }

                message = received.Slice(reader.Position, length);
                received = received.Slice(message.End);
                return true;
            }
        }

        message = default;
        return false;
    }

    private static void Write(ref MessagePackWriter writer, object? argument)
    {
        switch (argument)
        {
            case null: writer.WriteNil(); break;
            case string text: writer.Write(text); break;
            case long number: writer.Write(number); break;
            case bool isTrue: writer.Write(isTrue); break;
            default: throw new ArgumentException($"'{argument.GetType()}' is not a type of an argument.", nameof(argument));
        }
    }

    private static byte[] Framed(ReadOnlySpan<byte> message)
    {
        var length = new List<byte>();
        for (int left = message.Length; ; left >>= LengthBits)
        {
            bool isLast = left < 0x80;
            length.Add((byte)((left & 0x7F) | (isLast ? 0 : 0x80)));
            if (isLast)
            {
                return [.. length, .. message];
            }
        }
    }
}
