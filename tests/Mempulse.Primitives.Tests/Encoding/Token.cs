using CsCheck;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Primitives.Tests.Encoding;

/// <summary>One value of a MessagePack sequence, written and read by two codecs.</summary>
internal abstract record Token
{
    private Token()
    {
    }

    /// <summary>Sequences of values, small and at the limits of each form.</summary>
    public static Gen<Token[]> Sequences { get; } = Gen.OneOf<Token>(
        Gen.Const<Token>(new Nil()),
        Gen.Bool.Select(value => (Token)new Flag(value)),
        Gen.OneOf(Gen.ULong, Gen.ULong[0, 300], Gen.ULong[ushort.MaxValue - 2, ushort.MaxValue + 2], Gen.ULong[uint.MaxValue - 2, (ulong)uint.MaxValue + 2])
            .Select(value => (Token)new Number(value)),
        Gen.OneOf(Gen.Byte.Array[0, 40], Gen.Byte.Array[254, 258], Gen.Byte.Array[ushort.MaxValue - 1, ushort.MaxValue + 2])
            .Select(value => (Token)new Bytes(value)),
        Gen.OneOf(Gen.String[Gen.Char['\0', '\u07ff'], 0, 40], Gen.String[Gen.Char.AlphaNumeric, 250, 260])
            .Select(value => (Token)new Text(value)),
        Gen.Const<Token>(new Text(null)),
        Gen.OneOf(Gen.Int[0, 20], Gen.Int[ushort.MaxValue - 1, ushort.MaxValue + 1]).Select(count => (Token)new Nils(count))).Array[1, 12];

    /// <summary>Writes it with our codec.</summary>
    public abstract void Write(MessagePackWriter writer);

    /// <summary>Writes it with the package.</summary>
    public abstract void Write(ref MessagePack.MessagePackWriter writer);

    /// <summary>Reads it with our codec and compares.</summary>
    public abstract void Expect(ref MessagePackReader reader);

    /// <summary>Reads it with the package and compares.</summary>
    public abstract void Expect(ref MessagePack.MessagePackReader reader);

    public sealed record Nil : Token
    {
        public override void Write(MessagePackWriter writer) => writer.WriteNil();

        public override void Write(ref MessagePack.MessagePackWriter writer) => writer.WriteNil();

        public override void Expect(ref MessagePackReader reader) => Assert.True(reader.TryReadNil());

        public override void Expect(ref MessagePack.MessagePackReader reader) => Assert.True(reader.TryReadNil());
    }

    public sealed record Flag(bool Value) : Token
    {
        public override void Write(MessagePackWriter writer) => writer.Write(Value);

        public override void Write(ref MessagePack.MessagePackWriter writer) => writer.Write(Value);

        public override void Expect(ref MessagePackReader reader) => Assert.Equal(Value, reader.ReadBoolean());

        public override void Expect(ref MessagePack.MessagePackReader reader) => Assert.Equal(Value, reader.ReadBoolean());
    }

    public sealed record Number(ulong Value) : Token
    {
        public override void Write(MessagePackWriter writer) => writer.Write(Value);

        public override void Write(ref MessagePack.MessagePackWriter writer) => writer.Write(Value);

        public override void Expect(ref MessagePackReader reader) => Assert.Equal(Value, reader.ReadUInt64());

        public override void Expect(ref MessagePack.MessagePackReader reader) => Assert.Equal(Value, reader.ReadUInt64());
    }

    public sealed record Bytes(byte[] Value) : Token
    {
        public override void Write(MessagePackWriter writer) => writer.Write(Value);

        public override void Write(ref MessagePack.MessagePackWriter writer) => writer.Write(Value);

        public override void Expect(ref MessagePackReader reader) => Assert.Equal(Value, reader.ReadBytes());

        public override void Expect(ref MessagePack.MessagePackReader reader) =>
            Assert.Equal(Value, System.Buffers.BuffersExtensions.ToArray(reader.ReadBytes()!.Value));
    }

    public sealed record Text(string? Value) : Token
    {
        public override void Write(MessagePackWriter writer) => writer.Write(Value);

        public override void Write(ref MessagePack.MessagePackWriter writer) => writer.Write(Value);

        public override void Expect(ref MessagePackReader reader) => Assert.Equal(Value, reader.ReadString());

        public override void Expect(ref MessagePack.MessagePackReader reader) => Assert.Equal(Value, reader.ReadString());
    }

    /// <summary>An array of nils.</summary>
    public sealed record Nils(int Count) : Token
    {
        public override void Write(MessagePackWriter writer)
        {
            writer.WriteArrayHeader(Count);
            for (int i = 0; i < Count; i++)
            {
                writer.WriteNil();
            }
        }

        public override void Write(ref MessagePack.MessagePackWriter writer)
        {
            writer.WriteArrayHeader(Count);
            for (int i = 0; i < Count; i++)
            {
                writer.WriteNil();
            }
        }

        public override void Expect(ref MessagePackReader reader)
        {
            Assert.Equal(Count, reader.ReadArrayHeader());
            for (int i = 0; i < Count; i++)
            {
                Assert.True(reader.TryReadNil());
            }
        }

        public override void Expect(ref MessagePack.MessagePackReader reader)
        {
            Assert.Equal(Count, reader.ReadArrayHeader());
            for (int i = 0; i < Count; i++)
            {
                Assert.True(reader.TryReadNil());
            }
        }
    }
}
