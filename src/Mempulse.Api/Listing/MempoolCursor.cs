using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using Mempulse.Api.Problems;
using Mempulse.Api.Text;
using Mempulse.Grains.Abstractions.Listing;
using Mempulse.Primitives;
using Mempulse.Primitives.Listing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mempulse.Api.Listing;

/// <summary>A place in the sorted transactions as text: column, order, whether there is a number, the number and the hash, in base64url.</summary>
internal static class MempoolCursor
{
    private const int HeadBytes = 3;
    private const int SizeBytes = HeadBytes + UInt256.Size + Hash256.Size;

    public static string Write(TxListPlace place, TxSort sort, SortOrder order)
    {
        Span<byte> bytes = stackalloc byte[SizeBytes];
        (bytes[0], bytes[1], bytes[2]) = ((byte)sort, (byte)order, (byte)(place.Number is null ? 0 : 1));
        (place.Number ?? UInt256.Zero).WriteBigEndian(bytes[HeadBytes..]);
        place.Hash.CopyTo(bytes[(HeadBytes + UInt256.Size)..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads a cursor; null when absent.</summary>
    public static bool TryRead(string? text, TxSort sort, SortOrder order, out TxListPlace? place, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        (place, problem) = (null, null);
        if (text is null)
        {
            return true;
        }

        Span<byte> bytes = stackalloc byte[SizeBytes];
        if (text.Length != Base64Url.GetEncodedLength(SizeBytes) || !Base64Url.IsValid(text) || Base64Url.DecodeFromChars(text, bytes) != SizeBytes || bytes[2] > 1)
        {
            problem = Problem.BadRequest($"'{Shown.Of(text)}' is not a valid 'cursor': expected the value of next of the page before.");
            return false;
        }

        if (bytes[0] != (byte)sort || bytes[1] != (byte)order)
        {
            problem = Problem.BadRequest("The value of 'cursor' is not valid: it belongs to another sort or order. Pass it with those of the page before.");
            return false;
        }

        place = new TxListPlace(bytes[2] == 0 ? null : UInt256.FromBigEndian(bytes.Slice(HeadBytes, UInt256.Size)), new Hash256(bytes[(HeadBytes + UInt256.Size)..]));
        return true;
    }
}
