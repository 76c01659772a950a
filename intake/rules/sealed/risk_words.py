"""The words `risk` looks for, by what they speak of.

A line is a phrase; `a|b` is one word or the other, `…` stands for up to four words in between. What begins with `~` is
said of many harmless things too and weighs less. What begins with `*`, and every single word, counts only where it is
written with its marks: without them it is a word of everyday ("chay" is fire, running and meatless). A word in capitals
is one of `CLASSES`: who does what to whom is said once for all of them.
Sources: how residents, heads and desks talk, in the three regions, in our own words; what is dangerous: LAW C4.
"""

CLASSES = {
    "HURT": "đánh|đấm|đạp|tát|bóp|đâm|chém|nhốt|trói|xích|quất|dần|đuổi|rượt|hành|đập",
    "ME": "tôi|em|con|cháu|mẹ|vợ|bà|bé|mình|chị|đứa|thằng|nó",
    "WATER": "ao|sông|suối|giếng|hồ|mương|kênh|rạch|biển|cống|hố|vực|hầm|đìa|đầm|bể|lạch|ruộng",
    "FALL": "rớt|rơi|té|ngã|lọt|sẩy|trượt|lăn|sa",
    "HIGH": "mái|lầu|thang|giàn|cây|nóc|gác|cột|tầng|vách",
}
"""What many words say alike: acts that hurt, whom they hurt, water, falling, what one falls from."""

OFFICIALS = """
village|hamlet head|chief
the chairman|chairwoman|secretary|clerk|headmaster|principal|accountant|officer|official|officials
a policeman
the police
land|police|tax|customs officer|official
a bribe
chi ủy
đảng ủy
cấp ủy
công an … viên
tổ bầu cử
ban bầu cử
ban chỉ huy
phó ban
ông|bà|anh|chị|cô|chú … bàn số
*ông|bà|anh|chị|cô ngồi bàn|quầy|cửa
*thầy|cô … lớp|trường
bảo vệ trụ sở
xã … biết mà
ban này … ban kia
cán bộ
công chức
viên chức
chuyên viên
nhân viên
lãnh đạo
chủ tịch
bí thư
trưởng thôn
thôn trưởng
phó thôn
trưởng ấp
phó ấp
ấp trưởng
trưởng bản
phó bản
trưởng xóm
xóm trưởng
trưởng buôn
buôn trưởng
trưởng khu
phó khu
trưởng khóm
trưởng làng
trưởng phum
tổ trưởng
tổ phó
*già làng
địa chính
tư pháp
hộ tịch
văn thư
kế toán
thủ quỹ
một cửa
tiếp dân
công an
*ca xã
cảnh sát
dân quân
xã đội
thôn đội
dân phòng
bảo vệ dân phố
trật tự đô thị
an ninh cơ sở
kiểm lâm
quản lý thị trường
thanh tra
thu thuế
hiệu trưởng
hiệu phó
giáo viên
cô giáo
thầy giáo
thầy|cô dạy
bảo mẫu
y sĩ
y tá
bác sĩ
điều dưỡng
nữ hộ sinh
trạm trưởng
trưởng trạm
hội trưởng
hội phụ nữ
hội nông dân
hội cựu chiến binh
đoàn thanh niên
mặt trận
chủ nhiệm
ban quản lý
ban quản trị
trưởng ban
trưởng phòng
phó phòng
giám đốc
đại biểu
hội đồng nhân dân
thú y
khuyến nông
thủy nông
quản lý chợ
thu phí chợ
người thu tiền
người của xã
người nhà nước
mấy ông xã
mấy ông ở xã
mấy bà ở xã
mấy anh ở xã
mấy chị ở xã
mấy ông trên xã
mấy anh trên xã
mấy chị trên xã
mấy bà trên xã
mấy ông ủy ban
mấy anh ủy ban
mấy ổng
mấy bả
mấy cha
mấy thầy
mấy cô
mấy sếp
*sếp
mấy ông lớn
các ông
các anh bên
các cô bên
quan xã
quan chức
các quan
người ngồi bàn
người trực
cô ngồi bàn
anh ngồi bàn
anh trực
cô trực
chị trực
ông xã trưởng
lý trưởng
*chị|anh|ông|bà|cô|chú|bác … lao động thương binh
*chị|anh|ông|bà|cô … chính sách
*chị|anh|ông|bà|cô … dân số
*chị|anh|ông|bà|cô … văn hóa
*chị|anh|ông|bà|cô … văn phòng
*chị|anh|ông|bà|cô … xây dựng
*chị|anh|ông|bà|cô … môi trường
bên chính sách
điện lực xã
người ghi điện
tổ vay vốn
tổ tiết kiệm
ban nhân dân
người đứng đầu
bảo vệ ủy ban
bảo vệ xã
lái xe của xã
trực ban
"""

DEEDS = """
a bribe
bribed|bribes|bribery … official|officer|police|chairman|him|her|them
under the table
an envelope
asked|asks|asking for money|cash|dong|million
asked|asks|wanted|wants … me|us for money|cash
pay|paid|took|takes|take … no|without receipt
no|without a|any receipt
took|takes|stole|steals|keeps|pocketed … relief|public|fund|poor|school|scholarship money
stole|steals|embezzled … money|funds|land
sold|sells|gave … public|communal|village land
fake documents|papers|invoices|receipts|signature
relatives … poor list
forces|forced … parents|us|people|farmers to buy|pay|sign
không … đấu giá
bằng … giả
dùng bằng
xài bằng
bức cung
nhận tội
ăn chia
gạ tiền
~gạ
chạy … triệu
chạy … trăm
đóng dấu … tiền
thả … lấy tiền
ăn chặn
kê|khai|lập|ký|chấm|nghiệm thu khống
trộm … tài sản|xi măng|vật tư|gỗ|cát
lấy cắp
bỏ túi
tráo
chiếm luôn
bán suất|nền|lô
cho em|vợ|con|cháu … đất
nộp … vô danh sách
nộp tiền … vào|vô|tên
kẹp phong|tiền
*đút|lót|bôi|chung … tiền|triệu|tay|trơn
tháng|quý|năm nào cũng nhận
nhận … hối|lót|tiền|quà … nhà thầu|doanh nghiệp|công ty
ăn … tiền|gạo|quỹ|phần
rút … tiền|ruột|hỗ trợ|quỹ
sờ soạng|mó
gạ tình
nhận … rồi thả
nhận … rồi cho qua
nhận … rồi bỏ qua
nhận tiền … làm ngơ
nhận tiền … bỏ qua
lấy tiền … làm ngơ
lấy tên … vay
mượn tên … vay
mạo danh
tráo phiếu
phiếu … tráo
đổi phiếu
đưa tiền riêng
đổi lại … tiền
nộp thêm … nghìn
nộp thêm … trăm
nộp thêm … triệu
đưa thêm … nghìn
nộp tiền mới cho
nộp tiền mới được
tham nhũng
tham ô
~tham lam
biển thủ
thụt két
hối lộ
đút lót
lót tay
bôi trơn
phong bì
~bao thư
*lì xì … mới
kẹp … vào hồ sơ
chung chi
chi tiền mới
đưa tiền mới
có tiền mới
phải có tiền
phải đưa tiền
bắt đưa tiền
đưa … triệu … mới
đòi … triệu
đòi … trăm
đòi … củ
đòi … chai
đòi … tr
~đòi tiền
đòi quà
đòi chia
đòi hoa hồng
~đòi thêm
đòi bồi dưỡng
tiền bồi dưỡng
~tiền cà phê
~tiền trà nước
~tiền nước nôi
~tiền chạy
tiền lót
~*tiền ngoài
~tiền nhanh
gợi ý … tiền
gợi ý … bồi dưỡng
gợi ý … phong bì
gợi ý … quà
gợi ý biếu
vòi vĩnh
*vòi tiền
*vòi … triệu
*vòi … trăm
*vòi quà
*vòi thêm
nhũng nhiễu
sách nhiễu
hạch sách tiền
moi tiền
nặn tiền
vặt tiền
móc túi
móc tiền
ăn bớt
ăn xén
ăn gian
~ăn đất
ăn dơ
ăn bẩn
ăn hoa hồng
ăn … phần trăm
cắt xén
bớt xén
~bớt … ngàn
~bớt … nghìn
~bớt … ký
bớt … kg
bớt … suất
rút ruột
~rút bớt
~cắt bớt
~giữ lại … triệu
~giữ lại … trăm
giữ lại … phần
giữ riêng
giữ luôn
thu giữ … không biên bản
giữ xe … tiền
giữ sổ … tiền
~giữ thẻ
đút túi
nhét túi
vô túi riêng
chui vô túi
bỏ vô túi
tiêu xài
~xài tiền
xài riêng
xài hết tiền
tiêu hết tiền
~lấy tiền
lấy … tiền quỹ
lấy của công
~lấy gạo
~lấy quỹ
~lấy quà
lấy trộm
lấy xi măng
lấy vật tư
lấy đất công
lấy … về nhà
khuân về nhà
~đem bán
~mang bán
bán … lấy tiền
bán … đất công
~bán đất
~bán gạo
bán chỉ tiêu
bán điểm
bán bằng
bán đấu giá … cho người nhà
bán … bỏ túi
bán trộm
bán lậu
bán ma túy
~bán hàng cấm
chiếm dụng
chiếm đoạt
chiếm đất
chiếm … đất công
~lấn chiếm
xây lấn
lấn … hành lang
lấn … đất công
lấn … lòng đường
thành đất của
thành của nhà
sang tên … con
sang tên … vợ
~đứng tên
khai khống
khai man
khai gian
khai tăng
kê khống
kê thêm
khai … người đã chết
khai … người đã mất
lập khống
lập danh sách khống
lập chứng từ
lập hóa đơn
hồ sơ khống
chứng từ giả
hóa đơn khống
hóa đơn giả
giấy tờ giả
giả chữ ký
giả mạo
ký giả
ký thay
ký khống
ký tên … người chết
ký tên ba
ký tên mẹ
có người ký tên
ai đó ký
tên … đã chết
tên … mà không nhận
người chết … nhận tiền
người chết … lãnh tiền
đóng khống
đóng dấu khống
đóng dấu trước
quyết toán khống
~khống
nâng khống
nâng giá
nâng điểm
sửa điểm
~sửa hồ sơ
~sửa sổ
~sửa danh sách
tẩy xóa
gạch tên … thay
đưa người nhà
đưa em
đưa con … vào
đưa cháu … vào
đưa vợ … vào
đưa họ hàng
đưa bà con họ
~cho người nhà
cho người quen … vào
cho em vợ
cho con … trúng
cho cháu … làm
cho vợ … làm
cho công ty … người nhà
người nhà … trúng thầu
người nhà … trúng
người nhà … được hết
người nhà … hộ nghèo
bà con ổng
con ông cháu cha
con cháu … hộ nghèo
~vô danh sách hộ nghèo
có ô tô … hộ nghèo
có xe hơi … hộ nghèo
nhà lầu … hộ nghèo
nhà tầng … hộ nghèo
hộ giàu … hộ nghèo
chạy chức
chạy án
~chạy việc
~chạy hồ sơ
chạy hộ nghèo
~chạy chế độ
chạy thương binh
chạy suất
mua chức
mua quan
mua chuộc
mua phiếu
~mua bằng
bao che
bao kê
bảo kê
chống lưng
dung túng
~tiếp tay
thông đồng
móc ngoặc
móc nối
câu kết
cấu kết
~bắt tay
*sân sau
*lợi ích nhóm
nhóm lợi ích
quân xanh
thông thầu
~chia nhau
chia chác
~chia đôi
~chia phần
lại quả
~hoa hồng
*phết phẩy
*có cổ phần
có phần trong
góp vốn … mỏ
làm lơ cho
làm ngơ cho
lờ đi cho
ổng làm lơ
nhắm mắt cho
nhắm mắt làm ngơ
không bắt … vì
báo trước cho
báo tin cho
tuồn
tẩu tán
phi tang
thủ tiêu
đốt sổ
rải tiền
~phá rừng
~chặt rừng
đốn gỗ
~lâm tặc
~cát tặc
~hút cát
~khai thác trái phép
~khai thác cát
~khai thác đá
~chở gỗ
~buôn gỗ
~chở … ban đêm
~xả thải
~đổ trộm
~chôn rác
chôn chất
đánh bạc
sòng bạc
sới bạc
~ghi đề
ghi số đề
~ghi lô
bán số đề
chứa bạc
cho vay nặng lãi
~cho vay lãi
~vay nóng
xã hội đen
~giang hồ
côn đồ
thuê người đánh
cho người đánh
cho người đến đập
~ma túy
~hút chích
*mại dâm
chứa chấp
~lừa đảo
~lừa tiền
lừa dân
lừa … ký
lừa lấy
~lừa bán
gian lận
gian dối
trục lợi
vụ lợi
tư túi
tư lợi
trù dập
trả thù
trả đũa
đe dọa
hăm dọa
hù dọa
dọa cắt
dọa đuổi
dọa bắt
dọa giết
dọa hạ
dọa đánh
dọa phạt
dọa … hạnh kiểm
~uy hiếp
ép dân
ép buộc
~ép mua
~ép nộp
~ép bán
ép … ký
ép … cung
~ép học sinh
ép phụ huynh
ép uống
~bắt … mua
~bắt … nộp
~bắt … đóng
~bắt góp
bắt ký
bắt … ký giấy trắng
ký giấy trắng
ký tờ trắng
bắt làm không công
bắt phụ huynh
~bắt học thêm
bắt học sinh
bắt dân
bắt ép
bắt người vô cớ
bắt vô cớ
bắt giữ trái
~nhốt
~giam
còng tay
đánh dân
~đánh người
~đánh con
~đánh cháu
đánh học sinh
~đánh tôi
~đánh em
~đánh trẻ
*đánh … bầm
*tát … con
*tát tôi
tát vô mặt
tát con trai
tát học sinh
*tát dân
~đấm
*đạp tôi
đánh đập
hành hung
tra tấn
~bạo hành
~hành hạ
bạt tai
cưỡng đoạt
cưỡng bức
cưỡng hiếp
hiếp dâm
~hiếp
dâm ô
sàm sỡ
~quấy rối
gạ gẫm
*đụng chạm
~vuốt ve
~xâm hại
~lạm dụng
lạm quyền
lợi dụng chức
~lợi dụng
lạm thu
~thu sai
thu trái
thu quá
thu vượt
thu gấp đôi
~thu gấp
~thu cao hơn
~thu thêm
thu tiền … không biên lai
thu … không biên lai
không biên lai
không có biên lai
~không hóa đơn
không ghi hóa đơn
không đưa biên lai
không phiếu thu
không có phiếu thu
~không giấy tờ
biên lai … chỉ ghi
biên lai ghi
chỉ ghi … triệu
chỉ ghi … trăm
~ghi thiếu
~phát thiếu
~phát không đủ
phát một nửa
~phát có
~chỉ phát
~đưa có
~chỉ đưa
chỉ nhận được
~nhận thiếu
~nhận có
ký nhận … nhưng
ký nhận … mà
ký … triệu … nhận
không sổ sách
~không công khai
không ai biết đi đâu
không biết đi đâu
tiền đi đâu
~biến mất
~mất tăm
không cánh mà bay
~giấu
ỉm
ém nhẹm
*ém
bưng bít
không minh bạch
~không rõ ràng
thiếu minh bạch
thất thoát
thâm hụt
hao hụt
khuất tất
mờ ám
~tiêu cực
sai phạm
phạm pháp
trái pháp luật
làm trái
làm sai quy định
cấp sai
cấp đất sai
cấp sổ sai
cấp … cho người nhà
giao đất … cho
cho thuê đất công
cho thuê … bỏ túi
~đất công
~đấu thầu
chỉ định thầu
dùng xe công
~xe công
~nhà công vụ
~con dấu
~của công
~công quỹ
~tiền dân
~tiền đóng góp
~tiền quỹ
~tiền ủng hộ
~tiền cứu trợ
~hàng cứu trợ
~gạo cứu trợ
~quà cứu trợ
~tiền từ thiện
~quà từ thiện
~tiền trợ cấp
~tiền hỗ trợ … không
~quỹ lớp
~quỹ phụ huynh
~quỹ vắc xin
~tiền công đức
~hòm công đức
~bữa ăn bán trú
~khẩu phần
~suất ăn
cho … ăn thịt ôi
thịt ôi
thuốc hết hạn
~bán thuốc
bảo hiểm … khống
~thuốc bảo hiểm
~mua đồng phục
tiền chạy trường
tiền chạy thầy
tố cáo
~tố giác
vạch mặt
bằng chứng
có ghi âm
có quay clip
~có clip
có chụp hình
~có video
ai cũng biết mà không ai dám
không ai dám nói
sợ không dám nói
~không dám nói
không dám ký tên
đừng nói tên
đừng cho … biết
xin giấu tên
giấu tên giúp
sợ bị trù
kê tên
không ghi sổ
không vào sổ
~lo lót
lo cho anh em
chầu nhậu
~đãi nhậu
~bữa nhậu
không ai thấy hóa đơn
không thấy hóa đơn
không thấy biên lai
~hai lần
~thu … hai lần
lãnh quà
nhận thay
cho người nhà … hết
~được đồng nào
~vay vốn ưu đãi
cho vay lại
*lấy lời
cầm cố
ôm tiền
bỏ trốn
~trốn nợ
làm giả
bán cho công ty
múc đất
xúc đất
~san lấp
nhận tiền … tháng
gợi ý đưa
đưa … thì
đưa … triệu
~bớt thuế
toàn con cháu
toàn người nhà
toàn bà con
~bò giống
chở … về nhà
mang … về nhà
đem … về nhà
~phát … mà
nhận tiền của
nhận quà của
ăn của
xén bớt
gửi giá
thổi giá
chia lô
chạy dự án
hai sổ
quỹ đen
~quỹ riêng
lấy … chia
chấm công khống
lương khống
hưởng lương
hồ sơ … giả
thương binh giả
là giả
mua bán chức|ghế|quyền
đo gian
vì là bà con|họ hàng|người nhà|anh em
không đấu thầu
không qua đấu thầu
em|anh|con|cháu|vợ|chồng … trúng thầu
đưa|nộp|chi|bỏ … nghìn|trăm|triệu|chai|xị|củ mới
nhận tiền … cho
nhận tiền … để|thì|mới|rồi
nhận tiền … cấp|ký|duyệt|bỏ|thả|tha
nhận tiền ở|tại quán|nhà|ngoài
*giấy|sổ|ký … triệu|nghìn|tiền … phát|đưa|nhận|trả … có|chỉ
*ký|ghi|báo … nhận|phát … có|chỉ … triệu|nghìn
*thu hai|hai|ba lần
*khai|kê|ghi thêm|khống|man|dôi|dư|tăng
khai them|khong|man
*rút ruột
*bớt xén|xi|ruột
*ăn|chia chung|phần|chác|chia|nhau … với|nhà thầu|tiền|đất|dự
*có|được phần … lơ|bao|che|bỏ qua|làm ngơ
*biết mà|nhưng lơ|im|ngơ|bao
*nộp|đóng|đưa|gửi luật
nop luat
*mỗi suất|lần|chuyến|xe|hồ … triệu|trăm|nghìn
*nhận … giáo viên|người|nhân viên|hợp đồng … triệu|tiền
*xe công … chở|đi|vợ|gia|riêng|chơi|cưới
*tiền|vốn|quỹ … mua|xây|sắm|tiêu … cho|riêng|xe|nhà … con|vợ|mình|riêng
*đứng tên … lô|đất|nền|suất
*cho cháu|con|em|vợ|người|bà mình|ruột|nhà … đứng|suất|lô|trúng|vào|nhận|hưởng
*cà phê|nước|bồi dưỡng|chút cháo … cho … củ|triệu|chai|xị|vé|trăm
*2|3|5|10|hai|ba|năm|mười củ|chai|vé … lẹ|nhanh|cho|mới
*chi|đưa|nộp|lót cho … củ|chai|vé|xị
*lấy|đem|tuồn|mang … thuốc|gạo|hàng|quà|phân|giống|vật tư … ra|đi|về … bán|ngoài|quầy
*trúng thầu hết|hoài|toàn|suốt
*chống lưng
*xây … trên đất … không sao|ai … dân|phạt
*thì không sao … dân … phạt|cưỡng
*đưa|nộp|gửi|xin 50|100|200|500|vài trăm|chục … mỗi|mới|lần
*làm giùm|hộ … lấy nửa|một|phần
*gợi ý … đưa|nộp|bồi|cà|triệu|nghìn|tiền
*bán … vắc xin|thuốc|sữa|gạo|quà|giống|phân … ra|mà|lấy|của|cho|quán
*bán sữa học đường
*lấy|đem … thuốc|vắc|gạo|sữa|quà … bán|ra quầy
*ký|đóng|xác|làm … giấy|xác nhận|dấu giả|khống
*tiền|quỹ|quà … giữ lại … liên hoan|chia|ăn|tiêu|nhậu
*làm|xây|đổ … phân|mét … quyết toán|khai|báo
*quỹ … cho vay lấy|ăn lãi
~*ép|gạ|dụ|đòi|rủ|bắt|kéo|lôi|hẹn em|tôi|con|cháu|chị|bạn|mẹ|vợ|nó … khách sạn
~*ép|gạ|dụ vào|đi|ra|lên khách sạn
~*vào|đi|ra|lên khách sạn với|cùng ảnh|ổng|ông|hắn|nó|anh|sếp|thầy|chú|cậu
~*ép|gạ|dụ|đòi|rủ|bắt|kéo|lôi|hẹn em|tôi|con|cháu|chị|bạn|mẹ|vợ|nó … nhà nghỉ
~*ép|gạ|dụ vào|đi|ra|lên nhà nghỉ
~*vào|đi|ra|lên nhà nghỉ với|cùng ảnh|ổng|ông|hắn|nó|anh|sếp|thầy|chú|cậu
~ep|ga … vao|di|ra khach san
~ep|ga … vao|di|ra nha nghi
~*ép|gạ|bắt|đòi|bảo|phải … ngủ với|cùng|chung
~*bắt|ép|phải|chịu … chiều ổng|ông|hắn|nó|sếp|thầy|anh|ảnh|khách
"""

MANNERS = """
rude to|with|and
was|is|were|are|so|very rude|arrogant
shouted|shouts|yelled|yells|laughed|laughs|swore at me|us|my|people|old|the
insulted|insults|humiliated|ignored|ignores … me|us|people|children|my
threw … papers|documents|file
never answers|comes|meets|listens
do not listen
made|make me|us come|wait
tác|thái|lề|đạo|tư|phẩm|cung phong|độ|lối|đức|cách|chất … chấn|kiểm|phê chỉnh|điểm|bình
xem lại … tác phong
xem lại … thái độ
chấn chỉnh … tác phong
chấn chỉnh … thái độ
kiểm điểm … cán bộ
~hứa suông
~hứa lèo
nói một đằng
làm một nẻo
trốn việc
bỏ nhiệm sở
không thấy mặt
hỏi gì cũng
giờ hành chính … ngồi|chơi|nhậu|ngủ|lướt|vắng|đi|uống
giờ làm … ngồi|chơi|nhậu|ngủ|lướt|vắng|uống
uống|nhậu … giờ|trưa|trụ sở
sặc … mùi|hơi rượu|men|bia
mùi rượu
~mai tới … mai
~hẹn … lần|hoài|lượt|tới
bêu tên|riếu|xấu
không … đeo thẻ
cúp máy
ông trời
bố đời
chửi thề|bới|mắng
nói tục
văng tục
coi thường
khinh … dân|người|tụi|nghèo
đập bàn
gạt … ra|khỏi
bỏ qua … ý kiến
*không … chịu làm|tiếp|nghe|giải|nhận
không … hỏi dân
thiếu dân chủ
mất dân chủ
một mình quyết
tự quyết
lộng quyền
chuyên quyền
gia trưởng
độc đoán
quan cách
lạnh|cau mặt|có
~trả lời … qua loa|cho xong|trống|cộc|nhát
nói năng … trống|cộc|thô|hỗn
quát … dân|bà|cụ|người|già|con
nạt nộ
~đùn đẩy
~chỉ sang
~chỉ qua … chỉ lại
~lòng vòng
~đi lại … lần
~gây khó
~làm khó
hành … dân|tui|tôi|mình
~bắt … làm lại
vô|thiếu trách nhiệm
không gương mẫu
làm gương … xấu
thiên vị
phân biệt
người quen … trước
toàn người nhà
toàn … anh em|bà con|dòng họ
~treo … cho có
~làm … cho có
~lấy lệ
xúc phạm
nhục mạ
bao che
dung túng
hách dịch
cửa quyền
quan liêu
hống hách
vênh váo
vênh mặt
kênh kiệu
~chảnh
kiêu căng
phách lối
~láo
~hỗn
mất dạy
vô lễ
vô văn hóa
thiếu văn hóa
vô cảm
vô tâm
~lạnh lùng
lạnh tanh
lạnh nhạt
thờ ơ
dửng dưng
~hời hợt
~qua loa
tắc trách
không có trách nhiệm
không trách nhiệm
thiếu tôn trọng
không tôn trọng
xem thường
~khinh
khinh thường
coi dân
xem dân
coi trời bằng vung
bề trên
ra oai
ra vẻ
lên mặt
lên giọng
dạy đời
trịch thượng
sỉ nhục
sỉ vả
lăng mạ
bôi nhọ
nói xấu
mỉa mai
~mỉa
móc mỉa
châm chọc
chế giễu
chế nhạo
~giễu
cười nhạo
cười khẩy
cười vào mặt
cười cợt
~trêu
bĩu môi
liếc xéo
lườm
nguýt
trợn mắt
trừng mắt
*hất hàm
~quát
quát tháo
quát nạt
~nạt
la mắng
la lối
la dân
~la hét
~mắng
mắng mỏ
mắng dân
~*chửi
chửi dân
thô lỗ
thô tục
cục cằn
cộc cằn
cộc lốc
~cộc
~cáu
cáu gắt
cáu kỉnh
~gắt
gắt gỏng
gắt lên
xẵng
trống không
khó nghe
~khó chịu
~khó gần
khó khăn với dân
nặng lời
nặng nhẹ
~to tiếng
~lớn tiếng
ném hồ sơ
quăng hồ sơ
vứt hồ sơ
quăng giấy
ném giấy
vứt … xuống bàn
quăng … xuống bàn
ném … xuống bàn
~đuổi
~đuổi về
xua tay
xua đuổi
tống cổ
phũ phàng
~xấc
xấc xược
xấc láo
bố láo
mất lịch sự
thiếu lịch sự
bất lịch sự
không lịch sự
~thái độ
thái độ không
lồi lõm
~bực bội
~nhăn nhó
mặt nặng mày nhẹ
mặt như đâm lê
mặt hằm hằm
không thèm
~không buồn
~không ngó
không ngẩng
~không nhìn
không ngước
~không tiếp
không chịu tiếp
từ chối tiếp
né tránh
né dân
lánh mặt
tránh mặt
trốn tránh
trốn dân
trốn họp
toàn trốn
bỏ việc
bỏ trực
bỏ vị trí
bỏ họp
~bỏ về
~về sớm
~đi trễ
~đi muộn
~đến muộn
~đến trễ
tới trễ
vô trễ
~mở cửa trễ
~mở cửa muộn
~trễ giờ
trễ cả tiếng
~trễ hẹn
~lỡ hẹn
~thất hẹn
~sai hẹn
~nuốt lời
~hứa hão
~hứa cuội
~hứa rồi bỏ
~hứa … rồi quên
~hứa hoài
~hứa mãi
~hứa … lần
~hẹn lên hẹn xuống
~hẹn mãi
~hẹn … lần
hẹn … không có mặt
~không có mặt
~vắng mặt
vắng hoài
vắng tanh
~không thấy đâu
~không ai trực
~không có ai trực
không ai tiếp
không ai ngồi
không một bóng
~phòng trống
~trống trơn
~đóng cửa sớm
đóng cửa phòng
giờ hành chính mà
~trong giờ làm
~giờ làm việc mà
giờ làm mà
đang giờ làm
~đi cà phê
~đi nhậu
~nhậu nhẹt
~nhậu
~say rượu
~say xỉn
~xỉn
say … nói
say khướt
nồng nặc
lè nhè
lảm nhảm
~bấm điện thoại
lướt điện thoại
coi điện thoại
~xem điện thoại
chơi điện thoại
~chơi game
~xem phim
~coi phim
lướt mạng
lướt facebook
nghe điện thoại riêng
~bán hàng online
bán hàng trên mạng
~livestream
tám chuyện
buôn chuyện
nói chuyện riêng
tán gẫu
tán phét
buôn dưa lê
~ngồi chơi
~ngồi không
ngủ gật
ngủ trong giờ
nằm ngủ
~đánh bài
~đánh cờ
~ăn vặt
son phấn
để dân chờ
~dân đợi
~dân chờ
bắt … chờ
bắt … đợi
~chờ cả buổi
~chờ cả ngày
~đợi cả buổi
~ngồi chờ … tiếng
~chờ … tiếng đồng hồ
~chờ dài cổ
~chờ mòn mỏi
~chờ mỏi
~đợi mòn mỏi
~ngồi đợi mòn
~dài cổ
~đi lên đi xuống
~đi tới đi lui
~chạy tới chạy lui
~chạy lên chạy xuống
~lên xuống … lần
~đi … lần … chưa
~đi … lần … không
~lên … lần … không
~mai quay lại
~quay lại sau
~mai lên
~mai tới
~hôm khác
~hẹn mai
hành … lên xuống
hành … đi lại
hành lên hành xuống
~hành là chính
~gây phiền
~phiền hà
hạnh họe
hoạnh họe
hạch sách
hạch họe
bắt bẻ
bắt lỗi
~bắt … bổ sung
~bắt chạy
bắt … về … lấy
~bắt đi
~thiếu tờ này
~thiếu giấy này
~hết … thiếu … lại thiếu
~lúc … lúc
vẽ chuyện
vẽ thêm
~ngâm
ngâm hồ sơ
ngâm giấy
*ngâm đơn
cố tình ngâm
~cố tình
giam hồ sơ
găm hồ sơ
om hồ sơ
~kéo dài
~dây dưa
~lề mề
~chậm chạp
~rề rà
~ì ạch
chây ì
~lần lữa
~lười
~lười biếng
làm biếng
~đẩy qua
~đẩy lại
~đẩy sang
đổ qua
đổ thừa
~đổ lỗi
~đổ cho
~chỉ qua
chỉ … chỉ
~đá qua
~đá lại
~trái banh
~trái bóng
phủi tay
phủi trách nhiệm
thoái thác
~ngó lơ
lơ đi
bỏ lơ
bả lơ
*làm lơ
~làm ngơ
~mặc kệ
~bỏ mặc
kệ dân
bỏ ngoài tai
để ngoài tai
~không nghe
không chịu nghe
không lắng nghe
~không cho … nói
không cho dân nói
cắt lời
ngắt lời
cướp lời
cắt micro
tắt micro
~tắt máy
dập máy
~không bắt máy
~không nghe máy
~không trả lời
~không giải thích
~không hướng dẫn
~trả lời cho có
~trả lời qua loa
trả lời kiểu
trả lời nhát gừng
~nói ngang
nói cùn
cãi cùn
cãi dân
~cãi nhau với dân
~nói mà không làm
~nói không làm
~nói suông
độc thoại
~độc tài
~áp đặt
~tự ý
~tự tiện
không hỏi ý
không bàn với dân
không họp dân
~bất công
~không công bằng
thiếu công bằng
thiên lệch
ưu ái
ưu tiên người nhà
ưu tiên người quen
ưu tiên bà con
ưu tiên họ hàng
cả nể
phe cánh
bè phái
bè cánh
kéo bè
nhất bên trọng
trọng giàu
~người quen thì
~người nhà thì
quen thì … nhanh
~quen biết
~ai quen
~chen ngang
kỳ thị
kì thị
~đối xử
ức hiếp
~bắt nạt
chèn ép
trù úm
~trù
dằn mặt
cà khịa
nói móc
tiết lộ
~để lộ
~làm lộ
~kể cho
~đi kể
~đem chuyện
bêu
làm nhục
~ăn vạ
~nhà quê
~dốt
~ngu
ngu dốt
đồ nhà
mày tao
gọi dân là mày
vua con
ông tướng
như con nít
như chó
như ăn mày
như ăn xin
như tội phạm
như kẻ trộm
như người dưng
~như xin
ban ơn
bố thí
~tủi thân
~ứa nước mắt
~rơi nước mắt
~phát khóc
chạm tự ái
~tự ái
~tổn thương
~bức xúc
~bất mãn
~bất bình
~ấm ức
~tức quá
~tức không chịu
mất lòng dân
~mất lòng tin
~mất niềm tin
mất uy tín
không xứng
~chẳng ra gì
~không làm gì
~yếu kém
kém năng lực
không có năng lực
~không biết gì
~không nắm
~không rành
~làm sai
~làm mất hồ sơ
~làm mất giấy
~mất hồ sơ
~làm thất lạc
~ghi nhầm
~ghi sai tên
~làm ẩu
~ẩu
~cẩu thả
~máy móc
cứng nhắc
~hình thức
~đối phó
~chiếu lệ
~bệnh thành tích
báo cáo láo
~báo cáo sai
~báo cáo không đúng
~nói dối
nói xạo
~xạo
lật lọng
~bịp
~chối
chối bay
nói láo
sống buông thả
~ngoại tình
bồ bịch
quan hệ bất chính
~lối sống
sa đọa
chạy xe lạng lách
ỷ quyền
ỷ thế
cậy quyền
cậy thế
cậy chức
dựa hơi
lộng hành
muốn làm gì thì làm
coi pháp luật
xử ép
xử không công
xử bất công
không khách quan
mặt lạnh
hỏi câu nào cũng
hỏi thì lảng
~lảng tránh
lảng đi
đem … ra nói trước
~trước lớp
gấp thì tự làm
chờ đi
tự làm đi
biết gì mà nói
~bắt … đi lại
bắt … quỳ
phạt … quỳ
quỳ gối
hất đổ
~hất
tông … bỏ đi
~làm ngay
~để cả tháng
nói năng
~đứng ngoài nắng
~khóa cửa
~không ai nghe máy
kỳ kèo
vô ý thức
gia đình trị
~lạm quyền
nghỉ không báo
đi đâu không ai biết
~chậm trễ
~chậm giải quyết
làm tội
~bắt … năm lần
~đi lại … lần
~đi … mấy lần
~trả lời … cho qua
*chân gác|gác chân
*gác chân
*mắt dán
*dán mắt
*không|chẳng|chả ngẩng|ngước|nhìn|buồn|thèm … mặt|lên|tiếp|trả|nghe|hỏi
khong them|ngang|nguoc
*xẵng|xẳng giọng
*nói|giọng … xẵng|xẳng|trống|cộc|móc|mỉa|khinh|hỗn
*hỏi|nói thêm … cáu|gắt|quát|nạt|chửi|đuổi
*đuổi|duỗi … ra|về … họp|dân|khỏi
ai noi trai y … duoi
*đổ tại|lỗi|thừa|cho … tôi|dân|mẹ|em|con|bà
*gọi|kêu … là đồ|thằng|con|lũ|quân
*mà|cứ|vừa ngáp|gật|ngủ|lướt|cười
*chuyện cỏn|nhỏ|vặt … cũng lên|hỏi|kêu
*không ai bắt máy|tiếp|nghe|trực|bốc
*bảo|nói|đuổi|kêu về đi
*mai tính|quay lại|lên lại … hoài|lần|bận|buổi
*già rồi … ở nhà|làm gì|hỏi làm
*ưu|thiên ái|vị|tiên … dòng|họ|người nhà|con cháu|bà con
*người nhà|họ hàng trước|hưởng
*lạng lách
*nói chuyện riêng
*không nghe dân|ai|phát
*thái|tác độ|phong … lồi|kém|xấu|tệ|với|khó|hách|bực
thai do … voi|kem|te|xau
*quăng|ném|vứt|liệng|hất kim|giấy|hồ|sổ|đồ|tiền|bút
*nói … thì chịu
*không gặp ai
*khóa cửa … giờ
*chấm|cho điểm|bài … theo|dựa … quà|phụ huynh
cham bai … qua
"""

DECISIONS = """
quyết định
biên bản
công văn
văn bản
kết luận
giấy phép
sổ đỏ
giấy chứng nhận
áp giá
đền bù
bồi thường
thu hồi
cưỡng chế
tháo dỡ
đình chỉ
xử phạt
phạt
phạt tôi
bị phạt
kỷ luật
buộc thôi việc
sa thải
cho thôi việc
cắt hộ nghèo
cắt khỏi
bị cắt
cắt chế độ
cắt trợ cấp
cắt tên
gạch khỏi
gạch tên
bị gạch
loại khỏi
bị loại
đưa ra khỏi
không được xét
việc xét
không xét
không công nhận
từ chối
bác hồ sơ
bác đơn
trả hồ sơ
không cấp
không cho tách thửa
không cho đăng ký
không cho xây
tạm giữ
tịch thu
giải tỏa
kê biên
đo sai
đo thiếu
cấp chồng
cấp trùng
chồng lên
xác nhận sai
không xác nhận
hủy kết quả
thuế đất
truy thu
"""

DISAGREEMENT = """
khiếu nại
khiếu kiện
khởi kiện
kiện ra tòa
kiện xã
không đồng ý
không đồng tình
không chấp nhận
không chấp thuận
không nhất trí
không phục
không chịu quyết định
không chịu ký
không ký
phản đối
là sai
sai luật
sai quy định
sai đối tượng
không đúng
trái luật
trái quy định
trái pháp luật
oan
bị oan
oan ức
oan uổng
vô lý
không có lý do
không nêu lý do
không lý do
không có căn cứ
thiếu căn cứ
bất hợp lý
thiệt thòi
không thỏa đáng
yêu cầu … hủy
đề nghị … hủy
đòi hủy
xin hủy
phải hủy
hủy quyết định
hủy bỏ quyết định
thu hồi quyết định
rút lại
rút quyết định
yêu cầu rút
yêu cầu … rút lại
xem lại
xét lại
yêu cầu xem
đề nghị xem xét
yêu cầu giải quyết lại
yêu cầu trả lại
đòi trả lại
đòi lại
khôi phục
phục hồi
thu hồi sổ
"""

FORMAL = """
đơn khiếu nại
khiếu nại lần đầu
khiếu nại lần hai
khiếu nại lần 2
thụ lý … khiếu nại
thụ lý đơn
khiếu nại quyết định
khiếu nại việc
khiếu nại về việc
khiếu nại công văn
khiếu nại biên bản
khiếu nại kết luận
khiếu nại văn bản
khiếu nại mức
khiếu nại giá
"""

EMERGENCIES = """
a|on fire in|at|near|behind|broke
fire in|at|near
house|building|market|school … on fire
is|are|fell|falling|were drowning|unconscious|trapped|stuck|bleeding
not breathing
fell|fallen into|from|off
car|bus|road|traffic|motorbike|bike accident|crash
heart attack
having|had|has a stroke|seizure
gas leak
is|was|got|were electrocuted
flood water
on the roof
giving birth
send help|ambulance
drank|swallowed … pesticide|poison|bleach|battery|petrol
landslide buried|hit|blocked
please come quickly|now|fast|quick
call an|the ambulance|fire
rot|roi|te|nga|lot xuong ao|song|suoi|gieng|ho|muong|kenh|rach|bien|cong|ho|vuc
rot|te|nga tu mai|lau|cay|thang|gian
nam bat|mat … tinh|dong
sui bot
cam|vac|xach dao|rua|ma|sung|gay|bua
mang … ma tau
nhom|bon|tui|bang … dao|ma|sung
tai nan … nam
xe … dam|tong|dung|huc xe|nguoi
dau de
vo oi
tro da
nui|dat lo … nha
de|dap vo|thung
lu ve
di lac … chua
mat tich
oi mua
ngo doc
trom … trong nha
co trom
*FALL … WATER
*FALL từ … HIGH
FALL từ HIGH
*lật|lộn|nhào … xuống|úp
*kẹt … trong|dưới|giữa
kẹt bên trong
mắc kẹt|kẹt lại
*đâm|tông|đụng|húc|cán|chẹt|quẹt … xe|người|cháu|bé|trẻ
*xe … đâm|tông|đụng|húc|cán|lật
nằm bất|im|sóng|mê|quằn
*không|chưa|chẳng tỉnh|thở|cựa|động
khong tinh
chua tinh
bất động
mê man
lịm
sùi bọt
*gãy … xương|chân|tay|cổ
*máu … đầu|mặt|me|chảy
trúng gió|điện|đạn|độc
*bị điện|ong|rắn|chó … giật|đốt|cắn
*giật … bất|nằm|chết
*cầm|vác|mang|xách|lăm|vung|rút|quơ … dao|rựa|búa|gậy|súng|kiếm|mác|tuýp|gạch|xăng
*mang theo … dao|mã|súng|gậy
*nhóm|bọn|tụi|băng|đám … dao|mã|súng|gậy|kiếm|tuýp
*dao … đe|dọa|đuổi|chém|đâm
*tìm … không thấy|ra
*không thấy … về|đâu … cháu|bé|con|em
*cháu|bé|con|em … mất tích
mất tích
đau đẻ
trở dạ
chuyển dạ
sắp sinh|đẻ
sinh rớt
*trộm|cướp|gian|lạ … trong nhà
*trộm|cướp|gian|lạ … cạy|leo|phá|đột|lẻn
*có … trộm|cướp … nhà
*lũ|nước … về|lên|dâng|tràn|xối|cuốn … nhanh|quá|ào|nóc|mái|nhà
lũ về
*leo|trèo … nóc|mái|cây … lũ|nước|chờ
*nóc|mái … chờ|cứu|xuồng|ghe
*đê|đập|kè|hồ|cống … thủng|vỡ|nứt|bục|toác|rò|xối
*thủng|vỡ|nứt|bục … đê|đập|kè
*núi|đất|đồi|đá|bờ … lở|sạt|sập|trượt … nhà|người|đường|vùi|đè
núi lở|sạt|sập
*lở|sập|đổ|rơi … đè|vùi|trúng
bị vùi|đè|chôn|kẹt|cuốn
*đổ|ngã … trúng|đè … người|xe|nhà
*đè|vùi … người|nhà|xe|trúng
*cháy … nhà|rừng|rẫy|kho|chợ|xe|quán|đồi|nương … rồi|lan|lớn|dữ
chay ray|rung|nha|kho lan|roi
*lửa … lan|bén|cháy|bốc|ngút
*gas|ga|xăng|hóa chất … xì|rò|tràn|đổ|hở|nồng
*mùi ga|gas … nồng|nặc|khắp|cả
ngộ độc
*ăn … đau bụng
*hàng loạt|chục … nôn|ói|đau|sốt|ngất
*cả nhà … nôn|ói|ngộ|ngất|sốt
*cứu|cấp cứu … gấp|với|ngay|kiểu|sao|đâu
*gọi … cấp cứu
xe cấp|cứu
*bình gas … xì
*gas … xì
*ga … xì mùi
xì mùi
ói mửa
nôn mửa
nôn ói
*ăn … ói
*ăn … nôn
*ăn … ngộ độc
cháy nhà
nhà … đang cháy
nhà … cháy
*cháy rừng
*cháy chợ
*cháy lớn
*cháy to
*cháy rồi
*cháy lan
*đang cháy
*bốc cháy
*phát cháy
chay lan
chay nha
chay lon
chay rung
chay cho roi
dang boc chay
lua chay
lửa … cháy
bốc khói
khói … mù mịt
khói đen
lửa bén
lửa … lan
lửa ngùn ngụt
hỏa hoạn
nổ bình ga
nổ bình gas
nổ gas
*nổ ga
xì gas
rò gas
rò rỉ ga
rò rỉ gas
mùi gas … nồng
phát nổ
tóe lửa
chập điện
chập cháy
điện giật
giật điện
dây điện … đứt
đứt dây điện
dây điện rớt
dây điện … xuống
dây cao thế
trụ điện … ngã
trụ điện đổ
cột điện … đổ
cột điện … ngã
cứu … với
cứu mạng
cứu ME
cứu nhà
cấp cứu
nguy kịch
nguy hiểm đến tính mạng
bất tỉnh
ngất xỉu
ngất
hôn mê
co giật
tím tái
ngừng thở
không thở
khó thở
ngưng thở
tắt thở
hấp hối
đột quỵ
đột tử
tai biến
máu … nhiều
chảy máu
mất máu
máu me
băng huyết
đẻ rơi
sắp đẻ … đường
vỡ ối
rắn … cắn
ong đốt … nhiều
ong vò vẽ
chó dại cắn
uống nhầm
hóc
tai nạn
tông xe
xe … tông
tông nhau
đụng xe
xe đụng
lật xe
xe … lật
lật ghe
lật thuyền
lật đò
chìm ghe
chìm thuyền
chìm đò
chìm xuồng
lật xuồng
ghe chìm
thuyền chìm
đuối nước
chết đuối
rơi xuống
ngã xuống
té sông
ngã giếng
rơi giếng
trôi sông
nước cuốn
cuốn trôi
lũ cuốn
chưa vớt
vớt lên
mắc kẹt
kẹt trong
kẹt trên
vùi lấp
chôn vùi
sạt lở … nhà
đất lở … nhà
lở núi
lũ quét
lũ ống
lũ lên
nước … lên tới
nước lên nhanh
nước … dâng
nước ngập tới
tới nóc
trên mái
trên nóc
vỡ đê
vỡ đập
vỡ hồ
tràn đê
đê … vỡ
đập … vỡ
sập nhà … người
sập … đè
sập hầm
đè lên người
cây đổ … đè
cây … đè
trộm cạy
trộm … đang
đang có trộm
trộm vô nhà
đang trộm
ăn trộm … đang
cướp
bị cướp
cướp giật
giật dây chuyền
có dao
cầm hung khí
mã tấu
nổ súng
bắn nhau
có súng
đang chém
chém nhau
chem nhau
đâm nhau
dam nhau
đâm người
đâm chết
đánh nhau
hỗn chiến
ẩu đả
bắt cóc
lạc … rừng
mất liên lạc
không thấy về … tối
phá cửa
đập cửa
xông vô nhà
đuổi chém
đuổi đánh
bom
mìn … chưa nổ
đạn pháo
vật nổ
bị thương
thương nặng
gãy chân … nằm
không nhúc nhích
nước về nhanh
ngập … mái
ngập … nóc
chưa ai ra
chưa ra được
~đi lạc
trôi … người
người trôi
lật trên sông
~gãy tay
bị đâm
đâm … rồi
rượt nhau
rượt chém
chém … rồi
sắp nổ
xì mạnh
chôn lấp
lấp … nhà
đè sập
sập … người
nghẹt thở
lên cơn
cháu … rơi
bé … rơi
trẻ … rơi
nổ lớn
bình ga|gas … nổ
*bình|lò|nồi|kho|xưởng|trạm|máy … nổ
nổ lò|nồi|kho|bình|xe
*nổ … bị bỏng|thương|chết
*người|cháu|bé|thợ|nhân … bị bỏng
*bị thương … nặng
bỏng nặng
tiếng súng
*súng nổ
nghe súng
ghe|xuồng|thuyền|phà|tàu chìm|lật|úp
ghe|xuồng|thuyền|phà|tàu bị|đã chìm|lật|úp
*tàu|ghe|thuyền|xuồng|đò|bè|phà … chìm|lật … sông|biển|hồ|suối|bến|khơi|cửa
*đò|bè|vỏ chìm|lật|úp
*còn|đang|mắc … dưới nước|sông|suối|biển
*ông|bà|cụ|mẹ|má|ba|bố|cha|cháu|bé|con|em … đi đâu … chưa|không … về|thấy
*ông|bà|cụ|mẹ|má|ba|bố|cha|nội|ngoại|cháu|bé|con|em … từ sáng|trưa|chiều|tối|đêm|hôm … chưa|không … về
*chồng|vợ|anh|chị|chú|bác|cậu|dì|cô … từ sáng|trưa|chiều|tối|đêm|hôm … chưa|không … về
*đám|nhóm|bọn|tụi|băng|người … đập phá
*kéo|dẫn … người … vây|đập|phá|xông
*đám|nhóm|bọn|tụi|băng … xông … nhà
đang đập phá
vây nhà
*xe … lao|rơi|lọt|rớt xuống
ngạt khí|khói|ga
hầm … ngạt|ngất|xỉu
nuốt pin|kim|đinh
*rơi|nhảy|ngã|té|rớt từ … lầu|tầng|mái|cầu
ngã|té quỵ|gục
*gục xuống|ngã|ngay|rồi
*có người gục
*ôm ngực|đầu|bụng … ngã|quỵ|quằn|lăn
bị ngạt
*ngạt nước|thở|thuốc|mùi
*nằm dưới đáy|hố|giếng|vực|gầm|ruộng
nằm … bất động
*ngất xỉu|lịm|đi|rồi
*ngưng|ngừng|tắt thở
*tím tái
*khó thở
*thở không nổi|ra|được
*la|hô|kêu cháy|cứu|cướp
*sốc phản vệ|thuốc
*chảy|ra|mất máu … nhiều|lắm|không cầm|lênh
*băng huyết
*vỡ ối
*đuối|chết|ngộp nước
*bị … điện giật
*đạp … mìn|bom
*bom|mìn|đạn pháo … nổ|phát
điện phóng|giật|hút
*tường|mái|trần|cầu|giàn … đổ|sập … còn|người|cháu|bé|em
*cháu|bé|người|em … còn … bên trong
*nói ngọng|đớ
*méo miệng|mồm
*liệt nửa
*lạnh ngắt|toát
bị cô lập
*hết gạo|nước|ăn … ngày
*gọi … không ai thưa
*gọi … không thưa|dậy|tỉnh
*cửa … gọi không
*dụ|dụ dỗ|lôi|kéo|bế … cháu|bé|em … lên xe
kẻ lạ … cháu|bé|em|trẻ
cúp|mất|cắt|đóng điện … … đang|phải|cần thở máy|oxy
đang|phải|cần thở máy|oxy … … cúp|mất|cắt điện
đang|phải|cần thở oxy|máy … hết|cạn bình|oxy|điện|pin
cúp|mất|cắt điện … … máy thở
máy thở … ngưng|ngừng|dừng|tắt
bình oxy … sắp|đã hết|cạn
mẹ|má|mạ|mệ|cha|ba|ông|bà|cụ|cháu|bé … khỏi nhà từ|hồi|lúc sáng|trưa|chiều|tối|đêm|khuya|hôm|nãy
nội|ngoại|chú|bác|cậu|dì … khỏi nhà từ|hồi|lúc sáng|trưa|chiều|tối|đêm|khuya|hôm|nãy
quên đường|nhà|tên|hết … khỏi nhà
quên đường|nhà|tên|hết … đi mất|đâu
*lẫn|lú|lẩn … khỏi|rời|bỏ nhà
*lẫn|lú|lẩn … đi mất|đâu
mất trí … khỏi|rời|bỏ nhà
*bố … khỏi nhà từ|hồi|lúc sáng|trưa|chiều|tối|đêm|khuya|hôm|nãy
sốc phản vệ|thuốc
máy … nghiến|cuốn|ngoạm|kẹp tay|chân|bàn|ngón
bị xe … chẹt|cán|tông|quẹt|nghiến
xe … chẹt|nghiến|cán ngang|chân|qua
ăn trúng|phải|nhầm nấm|củ|cóc
nhặt|đào|lượm|mót|bới|cuốc được|trúng|thấy … bom|lựu|mìn
*nhặt|đào|lượm|mót|bới|cuốc được|trúng|thấy … đạn
trái|quả bom|mìn|lựu … về nhà|lớp|chơi
"""

DANGERS = """
want|wants|wanted to die
kill|killed|hang myself|himself|herself|themselves
want|wants|going|will|threatens|threatened|threatening to kill|murder me|us|him|her|my
not want to live|wake
end my|his|her|it life|all
no reason to live
commit suicide
beats|beat|beating|hits|hit|hitting|choked|strangled|slapped|kicked me|my|her|him|us|a
locks|locked|keeps|kept|held me|us|her|him|my in|inside|up|locked
cannot|can not leave|escape
took my passport|papers|phone
was|been|being raped|molested|abused|trafficked|kidnapped|sold|beaten|stabbed
raped|molested|abused me|her|my
touches|touched|touching me|my|her
cut|cuts her|his|my wrists|wrist|arms
sold me|us|her to
burn … house|us|down
chong … danh em|toi|con|me
chong … cam dao
chong … dao duoi
lôi em|tôi ra đánh
loi em|toi ra danh
khong cho ra ngoai|khoi
k|khong muon|thiet song
muon chet
chet di cho
chac … chet di
nhay cau|song|lau
doa giet|chem|dot|chat
bop co
treo|that co
cat tay|mach
lan cuoi … xin loi
so soang
*sờ mó
nhot … buong
*chồng|vợ|dượng|cha|bố|ba|tía|con … HURT … ME
*nó|hắn|ổng|ông|thằng … HURT … ME
*chong|duong em|toi|con … danh|dam|tat|bop|chem|nhot|troi … em|toi|con|me
*lôi … ra đánh
*kéo … ra đánh
*trốn … vườn|buồng|bụi|chòi|rẫy|đồng
*không … cho ra
khong cho ra
đánh mẹ|bà|cha|con|vợ|cháu già|hàng|suốt|hoài|mỗi
*đánh … hàng ngày|đêm
đánh hội đồng
bắt nạt
*bị … đánh|trói|nhốt|xích|bỏ
bỏ đói
*tím … tay|chân|mặt|người|lưng
bầm tím
*sờ|mò|rờ|sàm|ôm|hôn|cởi … cháu|em|con|bé
*sợ … về nhà|dượng|chú|ông ấy
làm bậy|nhục|hại với cháu|em|con|bé
*đe|dọa|dọa … giết|chém|đốt|đâm|chặt|xử|tạt|thủ
*dọa|đòi … cả nhà
*giết … nhà|tôi|em|con|vợ|mẹ
mất mạng
*có ngày … chết|mạng|giết
*không|chẳng|hết|nỏ|chả … muốn|thiết|tha sống
khong|chang|het|k muon|thiet song
*không|chẳng|chả … muốn|thiết … nữa … sống|đời
*muốn … chết|biến|nhảy|ngủ … luôn|cầu|cho|quách|mất|dậy
*muốn … không dậy|tỉnh
*ngủ … không|luôn … dậy|tỉnh
*chết … cho|quách|đi … nhẹ|xong|khỏe|rồi|nợ|đỡ
*chac … chet
*sống … nghĩa|mục đích
*không còn … ý nghĩa|lý do
*dòng|lời|lần … cuối
lần cuối
*xin lỗi … ba|bố|mẹ|má|con|cả
vĩnh|từ biệt|giã
*tạm biệt … mọi|ba|mẹ|đời|con
bế tắc
cùng quẫn
*nhảy|lao|đâm đầu … cầu|sông|lầu|giếng|xe|biển
*uống|cầm|mua|pha … thuốc trừ|sâu|chuột|cỏ|ngủ|độc … chết|rồi|xong|hết|con
*treo|thắt|cứa|cắt|rạch … cổ|tay|mạch
*ép|bắt … gả|cưới|lấy chồng|bán
gả bán
tảo hôn
*bán … bên|qua|sang … biên giới|trung quốc|campuchia
*bị … ép … gả|bán|cưới
*mới … tuổi … ép|bán|gả|cưới|lấy
*nhốt … buồng|phòng|nhà|chuồng
*trói|xích … cột|giường|chân|vô|vào
*vay nặng lãi|nóng … dọa|kéo|chặt|đánh|xiết
*mua sẵn … thuốc
*mua sẵn … dây
*chuẩn bị sẵn … thuốc
*chuẩn bị sẵn … dây
chai thuốc trừ sâu rồi
chai thuốc sâu rồi
*nhờ … lo cho … con
*nhờ … nuôi … con
*gửi con … nuôi giúp
nuôi con giùm
dọa đâm
dọa bắt cóc
*dọa … chém
*dọa … giết
*chồng … cầm dao
*chồng … dao đuổi
*cầm dao … đuổi vợ
chán sống
sống làm gì
sống để làm gì
sống không nổi
sống không bằng chết
không sống nổi
muốn chết
chết cho xong
chết cho rồi
chết quách
chết đi cho
chết còn hơn
thà chết
đi chết
ước gì … chết
tự tử
tự vẫn
tự sát
tự thiêu
kết liễu
quyên sinh
*dây thừng
sợi dây thừng
nhảy cầu
nhảy sông
nhảy lầu
nhảy giếng
nhảy xuống sông
uống thuốc sâu
uống thuốc trừ sâu
uống thuốc chuột
uống thuốc diệt cỏ
uống thuốc cỏ
uống thuốc rầy
thuốc trừ sâu cho xong
thuốc sâu cho xong
uống thuốc ngủ
uống … tự tử
cắt cổ tay
rạch tay
lá ngón
trăn trối
tuyệt mệnh
tuyệt vọng
cùng đường
hết đường
không còn lối thoát
không lối thoát
chịu hết nổi
chịu không nổi nữa
buông xuôi
giải thoát
ra đi mãi mãi
kiếp sau
lo cho con tôi
chăm con giúp
nhờ nuôi con
chết cùng
chết chung
chết theo
ôm con … nhảy
chồng … đánh
*vợ … đánh
vo danh toi
vo danh em
cha … đánh
bố … đánh
cha dượng
dượng … đánh
mẹ kế
dì ghẻ
con trai … đánh mẹ
con … đánh cha
ông … đánh bà
ổng … đánh
nó … đánh tôi
nó đánh
bị đánh
đánh đập
đánh vợ
đánh mẹ
đánh bà
đánh cháu nội
đánh thằng bé
đánh con bé
đánh đứa
bóp cổ
bóp mũi
kề dao
dí dao
*dí … dao
cầm dao … chém
cầm dao đòi
đòi giết
đòi chém
dọa tạt
tạt axit
tạt xăng
tưới xăng
đổ xăng
châm xăng
xăng … đốt
đốt nhà
đốt trụ sở
đốt ủy ban
đốt xã
đốt hết
giết
giết hết
giết người
giết chết
giết cả nhà
chém hết
chém chết
chém nó
xách dao
xách rựa
xách mã tấu
cầm rựa
*cho nổ
nổ mìn ủy ban
đập nát
đập chết
đánh chết
cho một trận
xử nó
xử hết
xử đẹp
lấy mạng
đền mạng
máu đổ
đổ máu
liều mạng
ăn thua đủ
sống mái
một mất một còn
nhốt … trong nhà
nhốt con
xích
xích chân
trói
bạo hành
bạo lực gia đình
hành hạ
ngược đãi
xâm hại
hiếp dâm
cưỡng hiếp
hiếp
bị hiếp
sàm sỡ
dâm ô
trốn trong
trốn ngoài
không dám về nhà
sợ về nhà
khóa cửa … không thưa
gọi không thưa
gọi … không trả lời … cửa
bán con
bán sang trung quốc
lừa bán
bắt vợ
bị bắt cóc
*ba … đánh
chết cho nhẹ
không thiết gì nữa
mệt mỏi … sống
sống mệt
đánh cha
đánh … suốt
đòi tiền … bóp cổ
bỏ đi … thư
để lại thư
~bỏ nhà đi
nhốt nó
cháu mới … tuổi
cởi đồ cháu
sống cũng như chết|không
sống như … chết
*ép|bắt … tiếp khách
*ép|bắt … bán dâm
*ép|bắt … đi khách
*giữ … giấy tờ … không cho
*giữ … hộ chiếu
*lừa … campuchia
lừa qua|sang|bán|đi … biên giới
bị lừa qua|sang|bán
*bắt làm … không cho về
kề cổ
không cho … về nhà|quê
nhảy từ lầu|tầng|cầu|mái
*con|cháu|bé|em|tôi … bị … sờ|sàm|hiếp|xâm|cưỡng|dâm
*con|cháu|bé|em|tôi bị … vào phòng|nhà|lớp … chạm|sờ|ôm|hôn|mó
*hiếp|cưỡng dâm|hiếp
*xâm hại
*quấy rối
*cầm … dọa|đuổi|rượt|chém|đâm|đòi
*đi theo … bà|ông|mẹ|ba|bố|chồng|vợ|con … thôi|luôn|rồi
*về với ông bà|tổ tiên
*không còn gì … sống
*sống … khổ … chết
*tôi|em|con|cháu|bé|mẹ|vợ|bà|anh|chị|cụ … bị … đánh|chém|đâm
*bị … khống chế|bắt cóc|bắt giữ|giam
*cầm chai … thuốc
*thuốc … cỏ|sâu|chuột … khóc
*tự cào|rạch|cắt|đánh|đâm
*vào phòng … cháu|em|con … sợ
*xuống dưới … với|gặp … má|mẹ|ba|bố|ông|bà|chồng|vợ|con
*theo má|mẹ|ba|bố|ông|bà|chồng|vợ|con cho nhẹ|rồi|xong
*đòi|định|dọa nhảy
*giữ|nhốt … không cho liên|về|đi|ra
tạt sơn|axit|xăng
*đe … bắt|giết|chém|đốt|xử
*vào tắm|ngủ chung
vao tam|ngu chung
*không đứng|ngồi dậy được
*ép|gạ|dụ|đòi|rủ|bắt|kéo|lôi|hẹn em|tôi|con|cháu|chị|bạn|mẹ|vợ|nó … khách sạn
*ép|gạ|dụ vào|đi|ra|lên khách sạn
*vào|đi|ra|lên khách sạn với|cùng ảnh|ổng|ông|hắn|nó|anh|sếp|thầy|chú|cậu
*ép|gạ|dụ|đòi|rủ|bắt|kéo|lôi|hẹn em|tôi|con|cháu|chị|bạn|mẹ|vợ|nó … nhà nghỉ
*ép|gạ|dụ vào|đi|ra|lên nhà nghỉ
*vào|đi|ra|lên nhà nghỉ với|cùng ảnh|ổng|ông|hắn|nó|anh|sếp|thầy|chú|cậu
ep|ga … vao|di|ra khach san
ep|ga … vao|di|ra nha nghi
*ép|gạ|bắt|đòi|bảo|phải … ngủ với|cùng|chung
bat|ep|ga … ngu voi|cung|chung
*bắt|ép|phải|không|chịu … chiều ổng|ông|hắn|nó|sếp|thầy|anh|ảnh|khách
*giữ|thu|lấy … căn cước|chứng minh|hộ chiếu … không cho|trả|công
giu|thu … can cuoc|chung|ho … khong cho
*đòi … tiền chuộc
doi … tien chuoc
*tin|dòng|câu|thư cuối con|em|tôi|cháu|mình|tui|tau
tin|thư|dòng cuối con|em|tôi|cháu|tui gửi|viết|nhắn
*chui|vào|rúc|mò|nằm chăn|mền|màn cháu|con|bé|em|nó
*hay|đêm … chui|rúc|mò|vào … chăn|mền|màn
hay|đêm … chui|rúc|mò|vào chăn|mền
*sống đến|tới đây|nay … đủ
nhắn … sắp|sẽ có đám|tang
*rải đinh|mảnh … trước|nhà|ngõ|cổng|cửa
nói|nhắn|bảo với|lại|giùm|giúp mẹ|má|mạ|ba|bố|cha|vợ|con … xin lỗi
"""

PRAISE = """
cảm ơn
cám ơn
biết ơn
khen
tuyên dương
biểu dương
hoan nghênh
nhiệt tình
tận tình
tận tâm
chu đáo
dễ thương
tử tế
thân thiện
vui vẻ
niềm nở
lịch sự
nhã nhặn
gần dân
thương dân
phấn khởi
hài lòng
tốt bụng
tốt lắm
giỏi lắm
công bằng
công tâm
minh bạch
rõ ràng
yên tâm
ủng hộ
chúc
đỡ nhiều
quý lắm
thương lắm
hay lắm
đẹp lắm|quá
ghé chơi
làm theo được
mừng lắm|quá
bổ ích
"""

REQUESTS = """
số điện thoại
lịch tiếp
lịch làm việc
đề nghị
kiến nghị
đề xuất
góp ý
mong
kính mong
rất mong
nhờ
kính nhờ
hãy
giùm
dùm
có thể
thắc mắc
cho hỏi
cho biết
xin hỏi
bao giờ
khi nào
chừng nào
lúc nào
hôm nào
ngày nào
mấy giờ
mấy ngày
bao lâu
bao nhiêu
ở đâu
chỗ nào
đâu vậy
thế nào
làm sao
ra sao
là gì
là ai
ai là
*số nào
gồm những
những gì
được không
hay không
vì sao
tại sao
sao chưa
đi đâu
gặp ai
tôi hỏi
em hỏi
con hỏi
muốn hỏi
hỏi về
hỏi thăm
tôi muốn
em muốn
con muốn
gia đình muốn
phải không
hay chưa
chưa ạ
xã nên
thôn nên
nên có
nên được
xin được
xin xã
xin cho
xin phép
cần gì
cần những
cần giấy
cần mang
nhắc nhở
nhắc giùm
giúp đỡ
giúp bà con
giúp tôi
không ạ
không vậy
không hả
mang gì
làm gì để
đến đâu
cán bộ nào
ông nào
bà nào
cho … xin
xin số
*có … không ạ|vậy|nhỉ|hả|cô|chú
*ngày|giờ|năm|tháng nào|mấy
*mấy giờ|ngày|tháng
*chỗ nào|mô
*răng|sao … được|hè
*được chưa
*chưa vậy
*nào nhận|làm|cấp|giữ|hết
*mong|xin được
"""

NEGATIONS = """
chả
không ai
không có
không hề
không còn
chưa
chưa thấy
chưa từng
hết
đâu có
có đâu
khỏi
đừng
chống
phòng
phòng chống
ngăn
tránh
hết cảnh
hết nạn
"""

WORK = """
hướng dẫn
kiểm tra
khảo sát
xuống … đo|xem|kiểm|coi|khảo
đo … xong|xuống|đạc|lại
trả lời
giải thích
giải quyết
phản hồi
thông báo
nói là|rằng|hồ|thiếu|phải|chờ|đợi|chưa
bảo là|rằng|về|lên|qua|ra|chờ|phải|thiếu
báo là|rằng|lỗi
nhắn
dặn
hẹn
xác nhận
chứng thực
ký giấy|xác|hồ
tiếp dân
họp
nghỉ trưa|phép|bệnh|hưu|rồi|sớm|việc|thứ
phụ trách
mới về|lên|thay|nhận
làm thủ tục|giấy|hồ|việc|căn
nhận hồ|đơn|giấy
trả hồ|kết
ghi … nhầm|sai|thiếu
phát … lịch|giấy|thuốc|tờ
tập huấn
tuyên truyền
tuần tra
chưa xuống|tới|đến|làm|giải|trả|xử|có|ai
không thấy xuống|tới|đến|làm|giải|trả|ai
khám
dạy
thiếu người|giáo|bác|thuốc|cán
ít người
quá tải
đông người
lắp
sửa
phun
tiêm
giúp
vận động
cấp … giấy|sổ|thẻ
hứa
chậm
lâu
đã thống|xuống|làm|về|đo|phát|sửa|dạy|ghi|chụp
chỉ cách|bà|dẫn|em
cho thuốc|toa|vay|mượn|biết|hay
kẻ|sơn|dọn|quét … lại|xong
nói … cần|được|vướng|sẽ
xuống|về|đến … tiêm|khám|phát|dạy|giúp|phun
thu … lãi|phí|học phí
ghi số
mời … lên|họp|dự|ghé
"""
"""What offices do every day, and how slowly: an office that is spoken of with one of these is not accused by that."""

MONEY = """
*tiền
*triệu
*nghìn
*quà
nhan tien
tien mat
trieu dong
"""
"""What makes of an office that works one that is asked about."""

NOW = """
đang
đang có
cứu
gấp
khẩn
khẩn cấp
bây giờ
giờ này
lúc này
rồi
mới vừa
vừa
vừa mới
máu
chưa
không kịp
nguy hiểm
nguy kịch
nằm
kẹt
bất tỉnh
ai tới
ai đến
tới liền
đến liền
lẹ
mau
nhanh
xe cấp cứu
gọi
tụi nó có
trước cổng
trước chợ
ở gần
la cháy
hô cháy
chạy ra
"""

HAZARDS = """
cháy
nổ
bốc khói
khói mù
đuối
ngộp
chìm
lật xuống|giữa|ngang
xe … lật
sập
đè lên|trúng|bẹp
bị đè|vùi|kẹt|cuốn|chôn
vùi
*rơi|té|ngã|rớt|lọt từ|xuống|khỏi
rơi tầng
bất tỉnh
bất động
*ngất
*xỉu
*máu
*co giật
*tím tái|người|mặt
khó thở
*đau thắt|ngực|tim
vã mồ hôi
hôn mê
đột quỵ
tai biến
tai nạn
nguy kịch
điện giật
*cướp
*súng
*dao
*kéo đâm
*đâm vào|chết
*chém
*bom
bom xăng
nem bom
*mìn
*ném … vào nhà
bắt cóc
*nhốt
*xích
*trói
bạo hành
*hiếp
*sàm sỡ
*chỗ kín|nhạy|hiểm
*sờ
*chặt tay|chân
*dọa giết|chém|chặt|đốt|đánh
tạm biệt
vĩnh biệt
tự tử|vẫn|sát
*nhảy cầu|lầu|sông|giếng
*lạc từ|ở|trong|mất
bi lac
mất tích
cuốn trôi
lũ bao|vây|cuốn|quét
nuoc lu bao
*nước bao vây
*ngập tới|lên|đến cổ|ngực|mái|nóc
*hóc
*nghẹn
ngộ độc
*rắn … cắn
*chó … cắn
*bỏng
*gãy tay|chân|xương|răng|cổ
*bầm dập|tím
*có ích gì
*vô dụng
*gánh nặng
*biến mất
*bỏ đói
*hấp hối
*chưa vớt|tìm
*mắc kẹt
"""
"""What befalls people; an emergency where somebody tells it of a person, and asks for nothing else."""

PEOPLE = """
*tôi
*em
*cháu
*bé
*con
*mẹ
*má
*bố
*ba tôi|em|con|cháu
*bà
*ông
*cụ
*chú
*bác
*cô
*dì
*anh
*chị
*vợ
*chồng
*thợ
*nhân
*sinh
*người
*phu
*tụi
nha tui|toi
ca nha
nguoi ta|nha
con|me|ba|bo|chau toi|tui|em
"""
"""Of whom it is told."""

HARMLESS = """
nghiên|tra cứu
nổ máy
máy nổ
*máy … nổ máy
đốt rơm|rạ|rác|đồng
đốt rơm|rạ|rác … khói
*cán|cày|phá nát|hỏng|nứt|vỡ … đường|mặt|lề|mương
*đâm|tông|đụng nghiêng|gãy|hỏng|đổ … cột|rào|biển|cổng
*nước … dâng|tràn|ngập … lúa|ruộng|rau|màu|đường|sân
*đã … ra viện|khỏi|bình phục
*xuất viện
đánh cờ|bài|bóng|trống
*xe … cứu|cấp thương|cứu không|chưa vào|lọt|qua
*trâu|bò|chó|mèo|heo|lợn|dê|vịt|gà|ngựa|nghé|bê|ngỗng nhà … lạc|sổng|xổng|sẩy
*trâu|bò|chó|mèo|heo|lợn|dê|vịt|gà|ngựa|nghé|bê|ngỗng|đàn đi|bị|chạy lạc
*trâu|bò|chó|mèo|heo|lợn|dê|vịt|gà|ngựa|nghé|bê|ngỗng lạc mẹ|đàn|qua|vô|vào|sang
*trâu|bò|chó|mèo|heo|lợn|dê|vịt|gà|ngựa|nghé|bê|ngỗng của … lạc
*lạc|mất con|đàn|bầy trâu|bò|chó|mèo|heo|lợn|dê|vịt|gà|ngựa|nghé|bê
*lạc|mất mất|hai|ba|bốn|mấy|bầy con trâu|bò|chó|mèo|heo|lợn|dê|vịt|gà|ngựa|nghé|bê
*lạc|mất mất hai|ba|bốn|mấy con trâu|bò|chó|mèo|heo|lợn|dê|vịt|gà|ngựa|nghé|bê
trau|meo|vit|nghe|ngua di|bi lac
trau|meo|vit|nghe|ngua nha … lac
trau bo di|bi lac
con|dan|bay trau|bo|meo|vit|nghe|ngua … di|bi lac
cháy cầu|mô|biến|tơ chì|dao|tơ|áp
nổ cầu dao|chì
máy bơm|tính|in|giặt … cháy
hay lên cơn
*tai biến … năm|tháng|đi xe
*từ sáng|trưa|chiều|tối|đêm mai
hết sốt|dịch|ho|cảm
khỏi sốt|bệnh
*cột|trụ|rào|biển|cổng … xe đâm|tông|đụng|quẹt|húc
*tai biến … ra viện
*tai biến … xuất viện
*đột quỵ … hồi|bình phục
nhà máy|lò|ống|xưởng … khói
*trụ|cột|cành|cây … nghiêng|mục sắp gãy|đổ
*trụ|cột|cành|cây … sắp gãy|đổ
"""
"""What happens to things and in everyday work, in words of emergencies."""

HYPERBOLE = """
đau … muốn chết
đói|mệt|đau|buồn ngủ muốn|gần chết
giật mình muốn chết
mỏi|nhức|ê muốn chết
muốn chết mà|với
chết mất thôi
nóng|nực|oi|lạnh|rét|hôi|thúi|thối|ồn|bụi|xa|đông|mắc|đắt|ngứa|khát muốn chết
buồn|mắc cười muốn chết
kẹt xe muốn chết
*giết mổ|thịt
*bụi|ồn|hôi|thối|thúi|khói|nóng|nực|ruồi|muỗi … chịu hết nổi
*bụi|ồn|hôi|thối|thúi|khói|nóng|nực|ruồi|muỗi … không chịu nổi
*bụi|ồn|hôi|thối|thúi|khói|nóng|nực|ruồi|muỗi … chịu không nổi
"""

CALM = """
đèn|bóng|bơm|máy|tơ … cháy
cháy bóng|đèn|túi
năm nào cũng
mùa nào cũng
hằng năm
hàng năm
mỗi năm
mở lớp
dạy bơi
xả khói
nhà máy … khói
lò … khói
ống khói
phòng cháy
phòng chống
phòng ngừa
đề phòng
tập huấn
diễn tập
tuyên truyền
biển báo
lắp
gắn
trang bị
đề xuất
góp ý
năm ngoái
năm trước
năm kia
hồi trước
ngày trước
trước đây
tháng trước
tuần trước
hôm trước
đợt trước
mùa trước
hay xảy ra
thường xảy ra
dễ xảy ra
dễ gây
nguy cơ
kẻo
lỡ
nhỡ
sợ có ngày
lo có ngày
tránh
để bớt
hỗ trợ
trợ cấp
bồi thường
bảo hiểm
chế độ
chừng nào
bao giờ
khi nào
cho hỏi
cho em hỏi
cho tôi hỏi
xin hỏi
thủ tục
điều kiện
luật
theo luật
mức phạt
quy định
đề nghị xã
mong xã
xin xã
có kế hoạch
phim
ca nhạc
trò chơi
đội bóng
cảm ơn
cám ơn
đã dập
đã được cứu
đã khỏi
suýt
xém
bình|trụ|xe|đội chữa|cứu cháy|hỏa … xin|khô|nên|cần|thêm
xin … bình chữa
"""
