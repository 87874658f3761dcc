using System.Diagnostics.CodeAnalysis;
using Mempulse.Api.Problems;
using Mempulse.Api.Text;
using Mempulse.Client.Decoding;
using Mempulse.Features.Decoding;
using Mempulse.Primitives;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mempulse.Api.Decoding;

/// <summary>Reads a request to decode; an error is one sentence that names the field.</summary>
internal static class DecodeText
{
    public static bool TryRead(ChainId chain, DecodeRequest request, [NotNullWhen(true)] out DecodedCall? call, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        call = null;
        problem = null;
        ulong block = DecodedCall.Newest.Value;
        var (from, value) = (default(Address), UInt256.Zero);
        if (!Address.TryParse(request.To, out var to))
        {
            problem = Problem.BadRequest($"'{Shown.Of(request.To)}' is not a valid 'to': expected 0x and 40 hex digits.");
        }
        else if (!HexBytes.TryRead(request.Data ?? "0x", out byte[]? data))
        {
            problem = Problem.BadRequest($"'{Shown.Of(request.Data)}' is not valid 'data': expected bytes in hex, 0x and two digits each.");
        }
        else if (request.From is not null && !Address.TryParse(request.From, out from))
        {
            problem = Problem.BadRequest($"'{Shown.Of(request.From)}' is not a valid 'from': expected 0x and 40 hex digits.");
        }
        else if (request.Value is not null && !UInt256.TryParse(request.Value, out value))
        {
            problem = Problem.BadRequest($"'{Shown.Of(request.Value)}' is not a valid 'value': expected a number of at most 256 bits, decimal or hex with 0x.");
        }
        else if (request.Block is not null && !QueryNumber.TryDigits(request.Block, out block))
        {
            problem = Problem.BadRequest($"'{Shown.Of(request.Block)}' is not a valid 'block': expected a height, a whole number from 0.");
        }
        else if (data.Length > DecodeBounds.MaxCalldataBytes)
        {
            problem = Problem.BadRequest($"The 'data' of {data.Length} bytes is too long: the limit is {DecodeBounds.MaxCalldataBytes}.");
        }
        else
        {
            call = new DecodedCall(chain, new BlockNumber(block), from, to, value, data);
        }

        return problem is null;
    }
}
