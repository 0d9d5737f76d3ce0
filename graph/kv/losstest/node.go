package losstest

import (
	"context"
	"path"
	"syscall"
	"time"

	fusefs "github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
)

// A node is a file or a folder in the tree that the kernel sees.
type node struct {
	fusefs.Inode
	disk    *FS
	file    *file // nil of a folder
	changed time.Time
}

var (
	_ fusefs.NodeCreater   = (*node)(nil)
	_ fusefs.NodeMkdirer   = (*node)(nil)
	_ fusefs.NodeOpener    = (*node)(nil)
	_ fusefs.NodeReader    = (*node)(nil)
	_ fusefs.NodeWriter    = (*node)(nil)
	_ fusefs.NodeFsyncer   = (*node)(nil)
	_ fusefs.NodeGetattrer = (*node)(nil)
	_ fusefs.NodeSetattrer = (*node)(nil)
	_ fusefs.NodeUnlinker  = (*node)(nil)
	_ fusefs.NodeRmdirer   = (*node)(nil)
	_ fusefs.NodeRenamer   = (*node)(nil)
	_ fusefs.NodeAllocater = (*node)(nil)
	_ fusefs.NodeStatfser  = (*node)(nil)
)

func (n *node) path() string { return n.Path(nil) }

func (n *node) child(name string) string { return path.Join(n.path(), name) }

// Create makes a file.
func (n *node) Create(ctx context.Context, name string, _, _ uint32, out *fuse.EntryOut) (*fusefs.Inode, fusefs.FileHandle, uint32, syscall.Errno) {
	p := n.child(name)
	if errno := n.disk.failing(Open, p); errno != 0 {
		return nil, nil, 0, errno
	}
	n.disk.mu.Lock()
	defer n.disk.mu.Unlock()
	f := newFile()
	n.disk.change(change{to: p, file: f})
	n.changed = time.Now()
	c := &node{disk: n.disk, file: f}
	c.attr(&out.Attr)
	return n.NewPersistentInode(ctx, c, fusefs.StableAttr{Mode: fuse.S_IFREG}), nil, 0, 0
}

// Mkdir makes a folder.
func (n *node) Mkdir(ctx context.Context, name string, _ uint32, out *fuse.EntryOut) (*fusefs.Inode, syscall.Errno) {
	n.disk.mu.Lock()
	defer n.disk.mu.Unlock()
	n.disk.change(change{to: n.child(name), folder: true})
	n.changed = time.Now()
	c := &node{disk: n.disk, changed: time.Now()}
	c.attr(&out.Attr)
	return n.NewPersistentInode(ctx, c, fusefs.StableAttr{Mode: fuse.S_IFDIR}), 0
}

// Open opens a file. What the kernel has of it in memory stays, for files that are mapped.
func (n *node) Open(context.Context, uint32) (fusefs.FileHandle, uint32, syscall.Errno) {
	return nil, fuse.FOPEN_KEEP_CACHE, n.disk.failing(Open, n.path())
}

func (n *node) Read(_ context.Context, _ fusefs.FileHandle, dest []byte, off int64) (fuse.ReadResult, syscall.Errno) {
	if errno := n.disk.failing(Read, n.path()); errno != 0 {
		return nil, errno
	}
	n.disk.mu.Lock()
	defer n.disk.mu.Unlock()
	if off >= int64(len(n.file.data)) {
		return fuse.ReadResultData(nil), 0
	}
	return fuse.ReadResultData(dest[:copy(dest, n.file.data[off:])]), 0
}

func (n *node) Write(_ context.Context, _ fusefs.FileHandle, data []byte, off int64) (uint32, syscall.Errno) {
	if errno := n.disk.failing(Write, n.path()); errno != 0 {
		return 0, errno
	}
	n.disk.mu.Lock()
	defer n.disk.mu.Unlock()
	n.file.write(data, off)
	return uint32(len(data)), 0
}

// Fsync makes the file durable, and all changes of names before it.
func (n *node) Fsync(context.Context, fusefs.FileHandle, uint32) syscall.Errno {
	if errno := n.disk.failing(Sync, n.path()); errno != 0 {
		n.disk.mu.Lock()
		defer n.disk.mu.Unlock()
		if n.file != nil {
			clear(n.file.dirty) // as Linux does: the pages count as clean, and never get there
		}
		return errno
	}
	n.disk.mu.Lock()
	defer n.disk.mu.Unlock()
	if n.disk.cut {
		return 0
	}
	if n.file != nil {
		n.file.sync()
	}
	n.disk.commit()
	return 0
}

func (n *node) attr(out *fuse.Attr) {
	changed := n.changed
	out.Mode, out.Nlink = 0o755, 1
	if n.file != nil {
		out.Mode, out.Size, changed = 0o644, uint64(len(n.file.data)), n.file.changed
		out.Blocks = (out.Size + sectorSize - 1) / sectorSize
	}
	out.SetTimes(nil, &changed, &changed)
}

func (n *node) Getattr(_ context.Context, _ fusefs.FileHandle, out *fuse.AttrOut) syscall.Errno {
	n.disk.mu.Lock()
	defer n.disk.mu.Unlock()
	n.attr(&out.Attr)
	return 0
}

func (n *node) Setattr(_ context.Context, _ fusefs.FileHandle, in *fuse.SetAttrIn, out *fuse.AttrOut) syscall.Errno {
	n.disk.mu.Lock()
	defer n.disk.mu.Unlock()
	if size, ok := in.GetSize(); ok && n.file != nil {
		n.file.resize(int64(size))
	}
	n.attr(&out.Attr)
	return 0
}

func (n *node) Unlink(_ context.Context, name string) syscall.Errno {
	n.disk.mu.Lock()
	defer n.disk.mu.Unlock()
	n.disk.change(change{from: n.child(name)})
	n.changed = time.Now()
	return 0
}

func (n *node) Rmdir(_ context.Context, name string) syscall.Errno {
	c := n.GetChild(name)
	if c != nil && len(c.Children()) > 0 {
		return syscall.ENOTEMPTY
	}
	n.disk.mu.Lock()
	defer n.disk.mu.Unlock()
	n.disk.change(change{from: n.child(name), folder: true})
	n.changed = time.Now()
	return 0
}

// Rename gives a file another name. Folders are not renamed by what is tested here.
func (n *node) Rename(_ context.Context, name string, newParent fusefs.InodeEmbedder, newName string, _ uint32) syscall.Errno {
	from := n.child(name)
	to := path.Join(newParent.EmbeddedInode().Path(nil), newName)
	if errno := n.disk.failing(Rename, from); errno != 0 {
		return errno
	}
	n.disk.mu.Lock()
	defer n.disk.mu.Unlock()
	f := n.disk.names[from]
	if f == nil {
		return syscall.ENOTSUP
	}
	n.disk.change(change{from: from, to: to, file: f})
	n.changed = time.Now()
	return 0
}

// Allocate is not done, as on file systems that have no such thing.
func (n *node) Allocate(context.Context, fusefs.FileHandle, uint64, uint64, uint32) syscall.Errno {
	return syscall.ENOTSUP
}

func (n *node) Statfs(_ context.Context, out *fuse.StatfsOut) syscall.Errno {
	out.Bsize, out.Frsize, out.NameLen = pageSize, pageSize, 255
	out.Blocks, out.Bfree, out.Bavail = 1<<24, 1<<23, 1<<23
	return 0
}
