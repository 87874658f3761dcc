using System.Buffers.Binary;
using System.Text;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Layout = Mempulse.Canon.Snapshots.SnapshotLayout;

namespace Mempulse.Canon.Snapshots;

/// <summary>The header of a snapshot file.</summary>
internal sealed record SnapshotHeader(SnapshotMark Mark, long ContentBytes, uint ContentCrc)
{
    public byte[] Encode()
    {
        byte[] bytes = new byte[Layout.HeaderBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Layout.Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(Layout.Version), Layout.FormatVersion);
        int ruleBytes = Encoding.UTF8.GetBytes(Mark.RuleVersion, bytes.AsSpan(Layout.Rule, Layout.MaxRuleBytes));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(Layout.RuleBytes), (ushort)ruleBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(Layout.Schema), Mark.SchemaVersion);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(Layout.Seq), Mark.Seq.Value);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(Layout.Epoch), Mark.Epoch.Value);
        BinaryPrimitives.WriteUInt128LittleEndian(bytes.AsSpan(Layout.Digest), Mark.Digest.Value);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(Layout.ContentBytes), ContentBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(Layout.ContentCrc), ContentCrc);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(Layout.HeaderCrc), Crc32C.Compute(bytes.AsSpan(0, Layout.HeaderCrc)));
        return bytes;
    }

    /// <summary>Decodes a header; null if the bytes are not a snapshot header.</summary>
    public static SnapshotHeader? Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Layout.HeaderBytes
            || BinaryPrimitives.ReadUInt64LittleEndian(bytes) != Layout.Magic
            || BinaryPrimitives.ReadUInt16LittleEndian(bytes[Layout.Version..]) != Layout.FormatVersion
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[Layout.HeaderCrc..]) != Crc32C.Compute(bytes[..Layout.HeaderCrc]))
        {
            return null;
        }

        int ruleBytes = Math.Min((int)BinaryPrimitives.ReadUInt16LittleEndian(bytes[Layout.RuleBytes..]), Layout.MaxRuleBytes);
        var mark = new SnapshotMark(
            new GlobalSeq(BinaryPrimitives.ReadUInt64LittleEndian(bytes[Layout.Seq..])),
            new Epoch(BinaryPrimitives.ReadUInt64LittleEndian(bytes[Layout.Epoch..])),
            new StateDigest(BinaryPrimitives.ReadUInt128LittleEndian(bytes[Layout.Digest..])),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[Layout.Schema..]),
            Encoding.UTF8.GetString(bytes.Slice(Layout.Rule, ruleBytes)));
        return new SnapshotHeader(
            mark, BinaryPrimitives.ReadInt64LittleEndian(bytes[Layout.ContentBytes..]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[Layout.ContentCrc..]));
    }
}
