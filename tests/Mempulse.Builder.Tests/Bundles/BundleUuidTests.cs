using CsCheck;
using Mempulse.Builder.Bundles;
using Mempulse.Primitives;

namespace Mempulse.Builder.Tests.Bundles;

/// <summary>The UUIDs of bundles (RFC 9562).</summary>
public sealed class BundleUuidTests
{
    [Fact]
    public void A_UUID_is_canonical_and_follows_from_the_id() => Gen.Byte.Array[32].Sample(bytes =>
    {
        string uuid = BundleUuid.Of(new Hash256(bytes));
        return BundleUuid.IsCanonical(uuid) && uuid == BundleUuid.Of(new Hash256(bytes)) && uuid[14] == '4';
    });

    [Theory]
    [InlineData("4f1e7b2a-93c4-4d2b-8a5f-0c9b6a3d7e11", true)]
    [InlineData("e9ced844-16d5-5884-8507-db9338950c5c", true)]
    [InlineData("4F1E7B2A-93C4-4D2B-8A5F-0C9B6A3D7E11", false)]
    [InlineData("4f1e7b2a93c44d2b8a5f0c9b6a3d7e11", false)]
    [InlineData("{4f1e7b2a-93c4-4d2b-8a5f-0c9b6a3d7e11}", false)]
    [InlineData(" 4f1e7b2a-93c4-4d2b-8a5f-0c9b6a3d7e11", false)]
    [InlineData("4f1e7b2a-93c4-0d2b-8a5f-0c9b6a3d7e11", false)]
    [InlineData("4f1e7b2a-93c4-9d2b-8a5f-0c9b6a3d7e11", false)]
    [InlineData("4f1e7b2a-93c4-4d2b-ca5f-0c9b6a3d7e11", false)]
    [InlineData("4f1e7b2a-93c4-4d2b-7a5f-0c9b6a3d7e11", false)]
    [InlineData("00000000-0000-0000-0000-000000000000", false)]
    [InlineData("ffffffff-ffff-ffff-ffff-ffffffffffff", false)]
    [InlineData("abcd1234", false)]
    [InlineData("", false)]
    public void Only_the_canonical_text_of_a_version_and_the_variant_is_canonical(string text, bool isCanonical) =>
        Assert.Equal(isCanonical, BundleUuid.IsCanonical(text));
}
