using System.Buffers.Binary;
using Parker.Machine;
using Parker.Partition.Tests.Plans;

namespace Parker.Partition.Tests;

public sealed class MemoryWordsTests
{
    private static readonly PartitionPlan Plan = ExamplePlans.Small with
    {
        ElasticMemory = new ElasticMemory(ExamplePlans.Small.BaseMemorySize.Bytes + (40UL << 27), 1UL << 27, [new PartitionMemory(PhysicalRange.Parse("0x8000000000-0x80ffffffff"), 7)]),
        AddedMemory = [Piece(0, 0x80_0000_0000), Piece(33, 0x80_1800_0000)],
    };

    [Fact]
    public void Words_say_before_the_start_what_has_come_where_it_lies_and_on_which_node()
    {
        byte[] page = new byte[4096];
        MemoryWords.WriteInitial(page, Plan);
        Assert.Equal((1u, 1u, 2u), (Word(page, 0x150), Word(page, 0xA00), Word(page, 0xA04)));
        Assert.Equal((0x1000u, 0x1003u), (Word(page, 0xC00), Word(page, 0xC00 + (4 * 33))));
        byte domain = Plan.ProximityDomainOf(7);
        Assert.True(domain > 0);
        Assert.Equal((domain, domain, (byte)0), (page[0xB00], page[0xB00 + 33], page[0xB00 + 32]));
        Assert.Equal(8, page.Count(value => value != 0));

        byte[] untouched = new byte[4096];
        MemoryWords.WriteInitial(untouched, Plan with { ElasticMemory = null, AddedMemory = [] });
        Assert.DoesNotContain(untouched, value => value != 0);
    }

    [Fact]
    public void Words_of_a_header_page_do_not_overlap_and_end_with_it()
    {
        (ByteSize Start, ulong Length)[] words =
        [
            (HeaderPageLayout.CpuChange, 4), (HeaderPageLayout.CpuChangeTaken, 4), (HeaderPageLayout.CpuRefusal, 4),
            (HeaderPageLayout.MemoryChange, 4), (HeaderPageLayout.MemoryChangeTaken, 4), (HeaderPageLayout.MemoryRefusal, 4),
            (HeaderPageLayout.GrantedCpus, (ulong)HeaderPageLayout.MaxElasticCpus / 8), (HeaderPageLayout.PresentCpus, (ulong)HeaderPageLayout.MaxElasticCpus / 8), (HeaderPageLayout.CpuAnswers, (ulong)HeaderPageLayout.MaxElasticCpus / 4),
            (HeaderPageLayout.GrantedMemory, (ulong)HeaderPageLayout.MaxMemoryPlaces / 8), (HeaderPageLayout.PresentMemory, (ulong)HeaderPageLayout.MaxMemoryPlaces / 8), (HeaderPageLayout.MemoryAnswers, (ulong)HeaderPageLayout.MaxMemoryPlaces / 4),
            (HeaderPageLayout.MemoryNodes, (ulong)HeaderPageLayout.MaxMemoryPlaces), (HeaderPageLayout.MemoryBlocks, 4 * (ulong)HeaderPageLayout.MaxMemoryPlaces),
        ];
        ulong end = (HeaderPageLayout.CommandAcknowledgement + new ByteSize(4)).Bytes;
        foreach ((ByteSize start, ulong length) in words)
        {
            Assert.True(start.Bytes >= end, $"{start.Bytes:x} lies below {end:x}");
            end = start.Bytes + length;
        }

        Assert.Equal(HeaderPageLayout.Size.Bytes, end);
    }

    private static AddedMemory Piece(int place, ulong start) => new(place, new PhysicalRange(new PhysicalAddress(start), new ByteSize(1UL << 27)), 7);

    private static uint Word(byte[] page, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(page.AsSpan(offset));
}
