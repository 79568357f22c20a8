using System.Runtime.CompilerServices;
using WhiteMagic.Kernels.Modules;

namespace WhiteMagic.Kernels.SpatialIndex5D;

/// <summary>The R-tree of places. It changes the <see cref="Item.Place"/> of heads, whose array it is given, and nothing else of them.</summary>
internal unsafe struct PointTree
{
    // SAFETY: numbers of nodes and places come from the tree itself; entries are below a node's Count, which splitting keeps within its columns;
    // TryReserve keeps Nodes in place during a change. The caller's items hold every head.

    /// <summary>
    /// Not to be reached: a level more takes a full root, whose every child was once divided when it was full, and so on down, which takes more
    /// insertions than eight to the power of the levels.
    /// </summary>
    public const int LevelsMost = 24;

    private Pool _nodes;

    // Stored one higher, so that the default value is the empty tree.
    private int _rootStored;

    // While a tree is being built, its places; then the place of a head is the number of its entry here.
    private TreeBuilder.Entry* _entries;
    private int _entryCount;

    public readonly Node* Nodes => (Node*)_nodes.Values;

    /// <summary>The root's number, or -1.</summary>
    public readonly int Root => _rootStored - 1;

    /// <summary>How many floats a place's coordinates are apart.</summary>
    public readonly int Stride => _entries == null ? Node.LeafCapacity : 1;

    /// <summary>Makes sure that the next <see cref="Insert"/> succeeds; false when there is no memory.</summary>
    public bool TryReserve() => _entries != null || TryReserve(LevelsMost + 1); // every level may split, and the root get a parent

    /// <summary>Makes sure that the next <paramref name="nodeCount"/> calls of <see cref="Take"/> succeed; false when there is no memory.</summary>
    public bool TryReserve(int nodeCount) => _nodes.TryReserve(nodeCount, sizeof(Node));

    /// <summary>The first coordinate of a head's place.</summary>
    public readonly float* Coordinates(int place) => _entries == null
        ? Node.Columns(Nodes + ((uint)place / Node.LeafCapacity)) + ((uint)place % Node.LeafCapacity)
        : (float*)&_entries[place].Point;

    /// <summary>Puts another head at a place, or notes that its ring has become one or many.</summary>
    public readonly void SetHead(Item* items, int place, int head)
    {
        items[head].Place = place;
        if (_entries != null)
        {
            _entries[place].Head = head;
            return;
        }

        bool isAlone = items[head].Next == head;
        Node.Entries(Nodes + ((uint)place / Node.LeafCapacity))[(uint)place % Node.LeafCapacity] = isAlone ? head : ~head;
    }

    /// <summary>
    /// From now on places only gather, at most <paramref name="capacity"/>, until <see cref="TryEndBuilding"/>. The tree must be empty; false when
    /// there is no memory.
    /// </summary>
    public bool TryBeginBuilding(int capacity)
    {
        Pool entries = default;
        bool isReserved = entries.TryReserve(capacity + 1, sizeof(TreeBuilder.Entry));
        _entries = (TreeBuilder.Entry*)entries.Values;
        _entryCount = 0;
        return isReserved;
    }

    /// <summary>Makes the tree of the places gathered; false when there is no memory.</summary>
    public bool TryEndBuilding(Item* items)
    {
        TreeBuilder.Entry* entries = _entries;
        _entries = null;
        bool isBuilt = TreeBuilder.TryBuild(ref this, items, entries, _entryCount);
        KernelMemory.Free(entries);
        return isBuilt;
    }

    /// <summary>Adds a place that is not there yet. Full nodes are split on the way down, so that a parent always has room.</summary>
    public void Insert(Item* items, float* point, int head)
    {
        if (_entries != null)
        {
            Unsafe.CopyBlock(_entries + _entryCount, point, (uint)sizeof(Point5));
            SetHead(items, _entryCount++, head);
            return;
        }

        if (_rootStored == 0)
        {
            _rootStored = Take(0) + 1;
        }

        if (Nodes[Root].IsFull)
        {
            int child = Root;
            int root = Take(Nodes[child].Level + 1);
            Adopt(root, child);
            _rootStored = root + 1;
            Split(items, root, 0);
        }

        int number = Root;
        while (!Nodes[number].IsLeaf)
        {
            int entry = Nearest(Nodes + number, point, 0, 1);
            if (Nodes[Node.Entries(Nodes + number)[entry]].IsFull)
            {
                // Only between the halves: any other child may be full.
                Split(items, number, entry);
                entry = Nearest(Nodes + number, point, entry, Nodes[number].Count - 1 - entry);
            }

            number = Node.Entries(Nodes + number)[entry];
        }

        Append(items, number, point, head);
        Condense(items, number);
    }

    /// <summary>Removes the place of a head.</summary>
    public void Remove(Item* items, int place)
    {
        if (_entries != null)
        {
            _entries[place] = _entries[--_entryCount];
            items[_entries[place].Head].Place = place;
            return;
        }

        int number = (int)((uint)place / Node.LeafCapacity);
        RemoveEntry(items, number, (int)((uint)place % Node.LeafCapacity));
        Condense(items, number);
    }

    /// <summary>The number of a new node without entries; there must have been a reservation.</summary>
    public int Take(int level)
    {
        int number = _nodes.Take(sizeof(Node));
        Node* node = Nodes + number;
        node->Count = 0;
        node->Level = level;
        return number;
    }

    public void SetRoot(int root) => _rootStored = root + 1;

    /// <summary>Appends a place to a leaf with room.</summary>
    public readonly void Append(Item* items, int leaf, float* point, int head)
    {
        Node* node = Nodes + leaf;
        int entry = node->Count++;
        float* x = Node.Columns(node) + entry;
        for (int axis = 0; axis < Point5.AxisCount; axis++)
        {
            x[axis * Node.LeafCapacity] = point[axis] + 0f; // makes -0.0 to 0.0
        }

        SetHead(items, (leaf * Node.LeafCapacity) + entry, head);
    }

    /// <summary>Appends a child and its box to an inner node with room.</summary>
    public readonly void Adopt(int parent, int child)
    {
        int entry = Nodes[parent].Count++;
        Node.Entries(Nodes + parent)[entry] = child;
        Nodes[child].Parent = parent;
        Rebound(parent, entry);
    }

    public void Clear()
    {
        _nodes.Clear();
        _rootStored = 0;
    }

    public void Free()
    {
        KernelMemory.Free(_entries);
        _nodes.Free();
        this = default;
    }

    /// <summary>Computes a child's box anew; true when it changed.</summary>
    private readonly bool Rebound(int parent, int entry)
    {
        float* box = stackalloc float[2 * Point5.AxisCount];
        Node.Bound(Nodes + Node.Entries(Nodes + parent)[entry], uint.MaxValue, box);
        float* column = Node.Columns(Nodes + parent) + entry;
        bool changed = false;
        for (int i = 0; i < 2 * Point5.AxisCount; i++)
        {
            changed |= column[i * Node.Fanout] != box[i];
            column[i * Node.Fanout] = box[i];
        }

        return changed;
    }

    /// <summary>
    /// Of every <paramref name="step"/>th entry from <paramref name="first"/> on the one whose box is nearest; of equally near ones the smallest by
    /// half its circumference, which keeps boxes that overlap from growing together.
    /// </summary>
    private static int Nearest(Node* node, float* point, int first, int step)
    {
        int nearest = first;
        float leastDistance = float.PositiveInfinity;
        float leastSize = float.PositiveInfinity;
        for (int entry = first; entry < node->Count; entry += step)
        {
            float* low = Node.Columns(node) + entry;
            float distance = 0;
            float size = 0;
            for (int axis = 0; axis < Point5.AxisCount; axis++, low += Node.LeafCapacity)
            {
                float high = low[Node.Fanout];
                float value = point[axis];
                float outside = value < low[0] ? low[0] - value : value > high ? value - high : 0;
                distance += outside * outside;
                size += high - low[0];
            }

            if (distance < leastDistance || (distance == leastDistance && size < leastSize))
            {
                nearest = entry;
                leastDistance = distance;
                leastSize = size;
            }
        }

        return nearest;
    }

    /// <summary>Divides a full child at the median of its widest axis; the parent has room for one more.</summary>
    private void Split(Item* items, int parent, int entry)
    {
        int lower = Node.Entries(Nodes + parent)[entry];
        int upper = Take(Nodes[lower].Level);
        uint above = NodeSplit.UpperHalf(Nodes + lower);
        for (int i = Nodes[lower].Count - 1; i >= 0; i--)
        {
            if ((above >> i & 1) != 0)
            {
                Move(items, lower, i, upper, Nodes[upper].Count++);
                RemoveEntry(items, lower, i);
            }
        }

        Rebound(parent, entry);
        Adopt(parent, upper);
    }

    /// <summary>Copies an entry and tells its head or child where it is.</summary>
    private readonly void Move(Item* items, int from, int fromEntry, int to, int toEntry)
    {
        Node.Copy(Nodes + from, fromEntry, Nodes + to, toEntry);
        int link = Node.Entries(Nodes + to)[toEntry];
        if (Nodes[to].IsLeaf)
        {
            items[Node.HeadOf(link)].Place = (to * Node.LeafCapacity) + toEntry;
        }
        else
        {
            Nodes[link].Parent = to;
        }
    }

    /// <summary>Puts the last entry in the place of one.</summary>
    private readonly void RemoveEntry(Item* items, int number, int entry)
    {
        int last = --Nodes[number].Count;
        if (last != entry)
        {
            Move(items, number, last, number, entry);
        }
    }

    /// <summary>After a change in a leaf: drops nodes that have become empty, fits the boxes above, and lowers the root.</summary>
    private void Condense(Item* items, int number)
    {
        bool isDone = false;
        while (number != Root && !isDone)
        {
            int parent = Nodes[number].Parent;
            int entry = 0;
            while (Node.Entries(Nodes + parent)[entry] != number)
            {
                entry++;
            }

            if (Nodes[number].Count == 0)
            {
                RemoveEntry(items, parent, entry);
                _nodes.GiveBack(number, sizeof(Node));
            }
            else
            {
                isDone = !Rebound(parent, entry);
            }

            number = parent;
        }

        while (_rootStored != 0 && (Nodes[Root].Count == 0 || (!Nodes[Root].IsLeaf && Nodes[Root].Count == 1)))
        {
            int child = Nodes[Root].Count == 0 ? -1 : *Node.Entries(Nodes + Root);
            _nodes.GiveBack(Root, sizeof(Node));
            _rootStored = child + 1;
        }
    }
}
